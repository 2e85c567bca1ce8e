"""Closes what is open before CloudFormation deletes the stack, and tells it how that went."""
import json
import os
import time
from urllib.request import Request, urlopen

import boto3
from botocore.config import Config

MACHINE = os.environ["MACHINE_ARN"]
# Seconds between two looks at the run, and those kept for the answer.
POLL_S = 5
ANSWER_S = 30

# A call that hangs must not eat the time of the answer.
SFN = boto3.client("stepfunctions", config=Config(connect_timeout=3, read_timeout=5, retries={"total_max_attempts": 2}))


class NotClosed(Exception):
    """What is open may still be there."""


def start():
    """Times are compared as texts, so this one has the scheduler's form."""
    scheduled = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    close = json.dumps({"action": "close", "scheduled": scheduled})
    return SFN.start_execution(stateMachineArn=MACHINE, input=close)["executionArn"]


def end_of(run, context):
    while context.get_remaining_time_in_millis() > ANSWER_S * 1000:
        found = SFN.describe_execution(executionArn=run)
        if found["status"] != "RUNNING":
            return found
        time.sleep(POLL_S)
    raise NotClosed(f"{run} is still at work. Delete the stack once more when it has ended.")


def close(context):
    while True:
        run = start()
        found = end_of(run, context)
        if found["status"] != "SUCCEEDED":
            raise NotClosed(f"{run} ended as {found['status']}: {found.get('cause', 'see its history')}")
        # A run that a later one has overtaken ends well, but closes nothing.
        if "run" in json.loads(found["output"]):
            return
        time.sleep(POLL_S)


def answer(event, status, reason):
    kept = {key: event[key] for key in ("StackId", "RequestId", "LogicalResourceId")}
    # The id stays what it is: with another one, CloudFormation would delete the former.
    own = event.get("PhysicalResourceId", "teardown")
    body = kept | {"Status": status, "Reason": reason[:1000], "PhysicalResourceId": own}
    request = Request(event["ResponseURL"], json.dumps(body).encode(), {"Content-Type": ""}, method="PUT")
    urlopen(request, timeout=10).close()


def handler(event, context):
    status, reason = "SUCCESS", "Nothing to do."
    try:
        if event["RequestType"] == "Delete":
            close(context)
            reason = "Closed."
    except Exception as problem:
        status, reason = "FAILED", f"{type(problem).__name__}: {problem}"
    answer(event, status, reason)
