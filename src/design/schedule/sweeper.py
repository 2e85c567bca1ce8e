"""Looks for what the schedule has left behind: counts it as metrics, and starts a run that closes."""
import json
import os
import time

import boto3

STACK = os.environ["STACK"]
MACHINE = os.environ["MACHINE_ARN"]
LEDGER = os.environ["LEDGER"]
HOURS = float(os.environ["HOURS"])
OURS = {"Name": "tag:azimuth:stack", "Values": [STACK]}

EC2 = boto3.client("ec2")
DYNAMODB = boto3.client("dynamodb")
SFN = boto3.client("stepfunctions")


def gateways():
    standing = {"Name": "state", "Values": ["pending", "available"]}
    pages = EC2.get_paginator("describe_nat_gateways").paginate(Filter=[OURS, standing])
    return [gateway for page in pages for gateway in page["NatGateways"]]


def runs(holder):
    """Whether the run that has its turn is still at work."""
    if not holder:
        return False
    try:
        return SFN.describe_execution(executionArn=holder)["status"] == "RUNNING"
    except SFN.exceptions.ExecutionDoesNotExist:
        return False


def ledger():
    answer = DYNAMODB.get_item(TableName=LEDGER, Key={"id": {"S": "nat"}}, ConsistentRead=True)
    return {name: value["S"] for name, value in answer.get("Item", {}).items()}


def close(now):
    """Times are compared as texts, so this one has the scheduler's form."""
    scheduled = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
    SFN.start_execution(stateMachineArn=MACHINE, input=json.dumps({"action": "close", "scheduled": scheduled}))


def handler(event, context):
    now = time.time()
    # What stands is read before what is wanted: so a window that opens in between is not taken for a stray.
    standing = gateways()
    addresses = EC2.describe_addresses(Filters=[OURS])["Addresses"]
    item = ledger()
    working = runs(item.get("holder"))
    wanted = working or item.get("wanted") == "open"
    strays = 0 if wanted else len(standing) + len(addresses)
    overdue = sum(now - it["CreateTime"].timestamp() > HOURS * 3600 for it in standing)
    # A run at work may be just what is needed; the next sweep sees what it leaves.
    closes = bool(strays or overdue) and not working
    if closes:
        close(now)
    # Metrics by a line of the log (CloudWatch embedded metric format).
    metrics = [{"Name": name, "Unit": "Count"} for name in ("Strays", "Overdue")]
    about = {"Namespace": "ScheduledNat", "Dimensions": [["StackName"]], "Metrics": metrics}
    line = {"_aws": {"Timestamp": int(now * 1000), "CloudWatchMetrics": [about]}}
    result = {"StackName": STACK, "Strays": strays, "Overdue": overdue, "closes": closes}
    print(json.dumps(line | result))
    return result
