"""EC2 as moto models it, made stricter where a NAT gateway's life depends on it, and Step Functions as moto runs it.

Worlds are plain data, with ids of one's own: `tests/schedule.json` says what is in one.
"""

import contextlib
import functools
import json
import logging
import re
from datetime import datetime
from unittest import mock

import boto3
from moto import mock_aws
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import ec2_backends
from moto.ec2.models.amis import AmiBackend
from moto.ec2.models.elastic_ip_addresses import ElasticAddressBackend
from moto.ec2.models.nat_gateways import NatGatewayBackend
from moto.ec2.models.route_tables import Route
from moto.ec2.responses.nat_gateways import NatGateways
from moto.stepfunctions.parser.asl.component.state.choice.comparison.operator.implementations.is_operator import IsTimestamp
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_aws_sdk
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function import WaitFunction
from moto.stepfunctions.parser.asl.utils import json_path

ACCOUNT, REGION = "123456789012", "ap-northeast-1"
# One for all: reading the description of EC2's API takes a second.
SESSION = boto3.Session("key", "secret", region_name=REGION)

moto_describe = NatGatewayBackend.describe_nat_gateways
moto_create = NatGateways.create_nat_gateway
moto_release = ElasticAddressBackend.release_address
SdkTask = state_task_service_aws_sdk.StateTaskServiceAwsSdk
moto_call = SdkTask._eval_service_task


def backend():
    return ec2_backends[ACCOUNT][REGION]


class Ec2:
    """What moto leaves out. A gateway stays pending, and deleting, for so many looks."""

    def __init__(self, looks):
        self.looks = looks
        self.tokens = {}
        self.left = {}

    def step(self, gateway):
        """One look at a gateway takes it further."""
        after = {"pending": "available", "deleting": "deleted"}
        if gateway.state not in after or self.looks is None:
            return
        self.left[gateway.id] -= 1
        if self.left[gateway.id] < 0:
            gateway.state = after[gateway.state]
            if gateway.state == "deleted":
                self.disassociate(gateway)

    def disassociate(self, gateway):
        for it in gateway.address_set:
            if it.get("allocationId"):
                for address in backend().address_by_allocation([it["allocationId"]]):
                    backend().disassociate_address(address=address.public_ip)

    def describe(self, ec2, filters, ids):
        for unknown in set(ids or []) - set(ec2.nat_gateways):
            raise EC2ClientError("NatGatewayNotFound", f"The Nat Gateway {unknown} was not found")
        for it in ec2.nat_gateways.values():
            self.step(it)
        tags = {name: values for name, values in (filters or {}).items() if name.startswith("tag:")}
        rest = {name: values for name, values in (filters or {}).items() if name not in tags}
        found = moto_describe(ec2, rest, ids)
        return [it for it in found if all(it.get_filter_value(name) in values for name, values in tags.items())]

    def create(self, request):
        token = request._get_param("ClientToken")
        if token not in self.tokens:
            self.tokens[token] = moto_create(request)
            gateway = self.tokens[token]._result["NatGateway"]
            gateway.state, self.left[gateway.id] = "pending", self.looks
        return self.tokens[token]

    def delete(self, ec2, gateway):
        if gateway not in ec2.nat_gateways:
            raise EC2ClientError("NatGatewayNotFound", f"The Nat Gateway {gateway} was not found")
        found = ec2.nat_gateways[gateway]
        if found.state != "deleted":
            found.state, self.left[gateway] = "deleting", self.looks
        return found

    def release(self, ec2, address=None, allocation_id=None):
        for it in ec2.address_by_allocation([allocation_id]):
            if it.association_id:
                raise EC2ClientError("InvalidIPAddress.InUse", f"Address {it.public_ip} is in use.")
        return moto_release(ec2, address, allocation_id)

    def state(self, route):
        gone = route.nat_gateway is not None and route.nat_gateway.state not in ("pending", "available")
        return "blackhole" if gone else "active"


@contextlib.contextmanager
def aws(looks=None):
    """AWS without anything in it."""
    model = Ec2(looks)
    with contextlib.ExitStack() as stack:
        # Thousands of images that nobody asks for.
        stack.enter_context(mock.patch.object(AmiBackend, "_load_amis", lambda _: None))
        stack.enter_context(mock_aws(config={"stepfunctions": {"execute_state_machine": True}}))
        stack.enter_context(mock.patch("boto3.DEFAULT_SESSION", SESSION))
        for owner, name, value in [
            (NatGatewayBackend, "describe_nat_gateways", lambda *args: model.describe(*args)),
            (NatGatewayBackend, "delete_nat_gateway", lambda *args: model.delete(*args)),
            (NatGateways, "create_nat_gateway", lambda *args: model.create(*args)),
            (ElasticAddressBackend, "release_address", lambda *args, **named: model.release(*args, **named)),
            (Route, "state", property(model.state)),
        ]:
            stack.enter_context(mock.patch.object(owner, name, value))
        yield model


def extract(path, data):
    """moto reads `$.list[0].field` as a list of one; Step Functions reads a path that names one thing as that thing."""
    found = [match.value for match in json_path.parse(path).find(data)]
    if re.search(r"\[\*\]|\[\?|\.\.", path):
        return found
    if not found:
        raise json_path.NoSuchJsonPathError(json_path=path, data=data)
    return found[0]


def call(task, env, normalised_parameters, **rest):
    """moto hands on boto3's own names and times; Step Functions writes names in PascalCase, and times as texts."""
    renamed = task.resource.api_name == "sfn"
    parameters = normalised_parameters
    if renamed:
        parameters = {key[0].lower() + key[1:]: it for key, it in parameters.items()}
    moto_call(task, env, normalised_parameters=parameters, **rest)
    answer = json.loads(json.dumps(env.stack.pop(), default=str))
    env.stack.append({key[0].upper() + key[1:]: it for key, it in answer.items()} if renamed else answer)


@contextlib.contextmanager
def step_functions(functions=None):
    """Runs of state machines, whose Lambda functions are those given, by ARN: a program's handler each."""

    def invoke(env, parameters, region, state_credentials):
        try:
            result = functions[parameters["FunctionName"]](json.loads(parameters["Payload"]), None)
        except Exception as problem:
            payload = json.dumps({"errorType": type(problem).__name__, "errorMessage": str(problem)})
            raise lambda_eval_utils.LambdaFunctionErrorException("Unhandled", payload) from None
        env.stack.append({"StatusCode": 200, "Payload": result})

    # The code itself, since other modules of moto hold the function.
    code = json_path.extract_json.__code__
    json_path.extract = extract
    json_path.extract_json.__code__ = (lambda path, data: extract(path, data)).__code__
    try:
        with contextlib.ExitStack() as stack:
            stack.enter_context(mock.patch.object(lambda_eval_utils, "execute_lambda_function_integration", invoke))
            stack.enter_context(mock.patch.object(SdkTask, "_eval_service_task", call))
            # A client a service, where moto makes one a call.
            client = functools.cache(lambda service: boto3.client(service))
            given = lambda service, **_: client(service)
            stack.enter_context(mock.patch.object(state_task_service_aws_sdk, "boto_client_for", given))
            # Nobody waits: not a state, and not between two attempts.
            stack.enter_context(mock.patch.object(WaitFunction, "_wait_interval", lambda *_, **__: None))
            stack.enter_context(mock.patch("time.sleep", lambda _: None))
            # It logs whatever a run catches.
            stack.callback(logging.disable, logging.NOTSET)
            logging.disable(logging.CRITICAL)
            yield
    finally:
        json_path.extract_json.__code__ = code


def clients(*names):
    return [boto3.client(name) for name in names]


def tags(kind, about):
    """Those of an entry of a world, as a creation takes them."""
    given = [{"Key": f"azimuth:{key}", "Value": about[key]} for key in ("stack", "zone") if key in about]
    return [{"ResourceType": kind, "Tags": given}] if given else []


def moment(text):
    """A time as Step Functions writes the start of a run: moto has no text for it, and reads no fractions of a second."""
    if isinstance(text, datetime):
        return text
    try:
        return datetime.fromisoformat(text) if text.endswith("Z") else None
    except (AttributeError, ValueError):
        return None


IsTimestamp.string_to_timestamp = staticmethod(moment)


class World:
    """A world made of plain data, and back."""

    def __init__(self, about):
        [self.ec2] = clients("ec2")
        vpc = self.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        igw = self.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        self.ec2.attach_internet_gateway(VpcId=vpc, InternetGatewayId=igw)
        self.ids = {"igw": igw}
        for place, zone in enumerate("abc"):
            subnet = self.ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{place}.0/24")
            self.ids[f"subnet-{zone}"] = subnet["Subnet"]["SubnetId"]
        for it in about.get("addresses", []):
            made = self.ec2.allocate_address(Domain="vpc", TagSpecifications=tags("elastic-ip", it))
            self.ids[it["id"]] = made["AllocationId"]
        for it in about.get("gateways", []):
            self.gateway(it)
        for it in about.get("tables", []):
            self.ids[it["id"]] = self.ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
            if "route" in it:
                self.route(it["id"], it["route"])
        for address in self.ec2.describe_addresses()["Addresses"]:
            if address.get("AssociationId"):
                self.ids[f"of {self.name(address['AllocationId'])}"] = address["AssociationId"]

    def gateway(self, it):
        public = {"AllocationId": self.ids[it["address"]]} if "address" in it else {"ConnectivityType": "private"}
        made = self.ec2.create_nat_gateway(
            SubnetId=self.ids[it["subnet"]], TagSpecifications=tags("natgateway", it), **public
        )
        self.ids[it["id"]] = made["NatGateway"]["NatGatewayId"]
        backend().nat_gateways[self.ids[it["id"]]].state = it["state"]

    def route(self, table, target):
        kind = "GatewayId" if target == "igw" else "NatGatewayId"
        target = {kind: self.ids[target]}
        self.ec2.create_route(RouteTableId=self.ids[table], DestinationCidrBlock="0.0.0.0/0", **target)

    def name(self, id):
        """What the world calls it."""
        names = {real: name for name, real in self.ids.items()}
        new = {"nat": "nat-new", "eipalloc": "eip-new"}
        return names.get(id) or new.get(id.split("-")[0], id)

    def translated(self, data, names):
        """Plain data with other ids."""
        if isinstance(data, dict):
            return {key: self.translated(it, names) for key, it in data.items()}
        if isinstance(data, list):
            return [self.translated(it, names) for it in data]
        return names(data) if isinstance(data, str) else data

    def real(self, data):
        return self.translated(data, lambda it: self.ids.get(it, it))

    def named(self, data):
        return self.translated(data, self.name)

    def about(self):
        """What is there now."""
        gateways = [self.about_gateway(it) for it in self.ec2.describe_nat_gateways()["NatGateways"]]
        addresses = self.ec2.describe_addresses()["Addresses"]
        addresses = [{"id": self.name(it["AllocationId"])} | own(it) for it in addresses]
        tables = [(name, real) for name, real in self.ids.items() if name.startswith("rtb-")]
        tables = [{"id": name} | self.about_route(real) for name, real in tables]
        all = {"gateways": gateways, "addresses": addresses, "tables": tables}
        return {kind: entries for kind, entries in all.items() if entries}

    def about_gateway(self, it):
        about = {"id": self.name(it["NatGatewayId"]), "subnet": self.name(it["SubnetId"]), "state": it["State"]}
        address = it["NatGatewayAddresses"][0].get("AllocationId")
        return about | own(it) | ({"address": self.name(address)} if address else {})

    def about_route(self, table):
        [found] = self.ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
        for it in found["Routes"]:
            if it.get("DestinationCidrBlock") == "0.0.0.0/0":
                return {"route": self.name(it.get("NatGatewayId") or it["GatewayId"])}
        return {}


def own(it):
    """The tags that a run gives."""
    tags = {tag["Key"]: tag["Value"] for tag in it.get("Tags", [])}
    return {key: tags[f"azimuth:{key}"] for key in ("stack", "zone") if f"azimuth:{key}" in tags}
