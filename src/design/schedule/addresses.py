"""Allocates, finds and releases the Elastic IPs of the stack's scheduled NAT gateways: one call of the state machine a run."""
import os

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

STACK = os.environ["STACK"]
# Attempts are the state machine's, which can look in between: an address allocated twice unseen would stay.
EC2 = boto3.client("ec2", config=Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 1}))


class NotOurs(Exception):
    """It does not carry this stack's tag."""


def failed(problem):
    """Step Functions knows an error by the name of its class: EC2's own code, without dots."""
    return type(problem.response["Error"]["Code"].replace(".", ""), (Exception,), {})(str(problem))


def found(**filters):
    filters = [{"Name": name, "Values": [value]} for name, value in filters.items()]
    return EC2.describe_addresses(Filters=filters)["Addresses"]


def allocate(event):
    tags = [{"Key": "azimuth:stack", "Value": STACK}, {"Key": "azimuth:zone", "Value": event["zone"]}]
    answer = EC2.allocate_address(Domain="vpc", TagSpecifications=[{"ResourceType": "elastic-ip", "Tags": tags}])
    return {"AllocationId": answer["AllocationId"]}


def find(event):
    kept = ("AllocationId", "AssociationId")
    addresses = found(**{"tag:azimuth:stack": STACK, "tag:azimuth:zone": event["zone"]})
    return {"addresses": [{key: it[key] for key in kept if it.get(key)} for it in addresses]}


def release(event):
    """An address that is gone already is as good as released."""
    for address in found(**{"allocation-id": event["address"]}):
        if {"Key": "azimuth:stack", "Value": STACK} not in address.get("Tags", []):
            raise NotOurs(f"{event['address']} does not carry the tag of stack {STACK}.")
        EC2.release_address(AllocationId=event["address"])
    return {}


CALLS = {it.__name__: it for it in (allocate, find, release)}


def handler(event, context):
    try:
        return CALLS[event["call"]](event)
    except ClientError as problem:
        raise failed(problem) from None
