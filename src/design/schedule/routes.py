"""Reads, adds and removes the default route of a table, for the scheduled NAT gateways: one call of the state machine a run."""
import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

# Attempts are the state machine's, which can look in between.
EC2 = boto3.client("ec2", config=Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 1}))
EVERYWHERE = "0.0.0.0/0"


class NotOurs(Exception):
    """Somebody else's route."""


def failed(problem):
    """Step Functions knows an error by the name of its class: EC2's own code, without dots."""
    return type(problem.response["Error"]["Code"].replace(".", ""), (Exception,), {})(str(problem))


def defaults(table):
    [answer] = EC2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    return [it for it in answer["Routes"] if it.get("DestinationCidrBlock") == EVERYWHERE]


def read(event):
    kept = ("NatGatewayId", "State")
    return {"routes": [{key: it[key] for key in kept if key in it} for it in defaults(event["table"])]}


def create(event):
    EC2.create_route(RouteTableId=event["table"], DestinationCidrBlock=EVERYWHERE, NatGatewayId=event["gateway"])
    return {}


def replace(event):
    """Only a route that leads to a NAT gateway which is gone."""
    for route in defaults(event["table"]):
        if route.get("NatGatewayId") == event["gateway"]:
            return {}
        if "NatGatewayId" not in route or route["State"] != "blackhole":
            raise NotOurs(f"The default route of {event['table']} leads elsewhere, and it stays as it is.")
    EC2.replace_route(RouteTableId=event["table"], DestinationCidrBlock=EVERYWHERE, NatGatewayId=event["gateway"])
    return {}


def delete(event):
    """Only a route to a NAT gateway; one that is gone already is as good as deleted."""
    for route in defaults(event["table"]):
        if "NatGatewayId" not in route:
            raise NotOurs(f"The default route of {event['table']} leads elsewhere, and it stays as it is.")
        EC2.delete_route(RouteTableId=event["table"], DestinationCidrBlock=EVERYWHERE)
    return {}


CALLS = {it.__name__: it for it in (read, create, replace, delete)}


def handler(event, context):
    try:
        return CALLS[event["call"]](event)
    except ClientError as problem:
        raise failed(problem) from None
