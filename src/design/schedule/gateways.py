"""Finds, creates and deletes the stack's scheduled NAT gateways: one call of the state machine a run."""
import os

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

STACK = os.environ["STACK"]
# Attempts are the state machine's, which can look in between.
EC2 = boto3.client("ec2", config=Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 1}))


class NotOurs(Exception):
    """It does not carry this stack's tag."""


def failed(problem):
    """Step Functions knows an error by the name of its class: EC2's own code, without dots."""
    return type(problem.response["Error"]["Code"].replace(".", ""), (Exception,), {})(str(problem))


def found(**filters):
    filters = [{"Name": name.replace("_", "-"), "Values": values} for name, values in filters.items()]
    pages = EC2.get_paginator("describe_nat_gateways").paginate(Filter=filters)
    return [gateway for page in pages for gateway in page["NatGateways"]]


def listed(gateways):
    return {"gateways": [{key: it[key] for key in ("NatGatewayId", "State")} for it in gateways]}


def find(event):
    """Only this stack's: another's gateway in the subnet, with other tags or none, is not seen at all."""
    return listed(found(subnet_id=[event["subnet"]], state=event["states"], **{"tag:azimuth:stack": [STACK]}))


def check(event):
    return listed(found(nat_gateway_id=[event["gateway"]]))


def create(event):
    """The token makes a second attempt answer with the gateway of the first."""
    tags = [{"Key": "azimuth:stack", "Value": STACK}, {"Key": "azimuth:zone", "Value": event["zone"]}]
    answer = EC2.create_nat_gateway(
        SubnetId=event["subnet"],
        AllocationId=event["allocation"],
        ClientToken=event["token"],
        TagSpecifications=[{"ResourceType": "natgateway", "Tags": tags}],
    )
    return {"NatGatewayId": answer["NatGateway"]["NatGatewayId"]}


def delete(event):
    """A gateway that is gone already is as good as deleted."""
    for gateway in found(nat_gateway_id=[event["gateway"]]):
        if {"Key": "azimuth:stack", "Value": STACK} not in gateway.get("Tags", []):
            raise NotOurs(f"{event['gateway']} does not carry the tag of stack {STACK}.")
        if gateway["State"] not in ("deleting", "deleted"):
            EC2.delete_nat_gateway(NatGatewayId=event["gateway"])
    return {}


CALLS = {it.__name__: it for it in (find, check, create, delete)}


def handler(event, context):
    try:
        return CALLS[event["call"]](event)
    except ClientError as problem:
        raise failed(problem) from None
