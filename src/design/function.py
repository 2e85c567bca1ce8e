"""Calls the private API and says what came of it."""
import ipaddress
import json
import os
import socket
import time
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

URL = os.environ["API_URL"]
REGION = os.environ["API_REGION"]
WAIT_S = float(os.environ["WAIT_S"])
SIGNED = os.environ["SIGNED"] == "true"

UNRESOLVED = "{host} does not resolve in this VPC. Is the private hosted zone there and associated with it, and are both of the VPC's DNS attributes on?"
SILENT = "No answer within {wait:g} s. Look for a missing route on either side of the peering, and for a security group that does not let port 443 through."
REFUSED = "403, {said}. Look at the API's resource policy, at the endpoint's policy for a signed call at the policy of the function's role, and at a web ACL before the API."
MANY = "429: the stage's rate or burst is used up."
BROKEN = "{status}, {said}: the API is reached, but does not do what it should."
UNREACHED = "{said}: the address is known, but what answers there, if anything, is not the API."
WELL = "{status} in {latency_ms} ms from {address}."


def headers():
    """What proves to IAM who is calling; nothing where the API does not ask."""
    if not SIGNED:
        return {}
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.session import get_session

    asked = AWSRequest(method="GET", url=URL)
    SigV4Auth(get_session().get_credentials(), "execute-api", REGION).add_auth(asked)
    return dict(asked.headers)


def read(body):
    try:
        return json.loads(body)
    except ValueError:
        return body[:200]


def said(body):
    """The API's own words."""
    answer = read(body)
    return answer.get("Message") or answer.get("message") if isinstance(answer, dict) else answer


def is_silence(problem):
    return isinstance(getattr(problem, "reason", problem), TimeoutError)


def call():
    parts = urlsplit(URL)
    host, port = parts.hostname, parts.port or 443
    result = {"ok": False, "name": host, "addresses": [], "status": None}
    try:
        found = socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_STREAM)
    except socket.gaierror:
        return result | {"says": UNRESOLVED.format(host=host)}
    addresses = sorted({it[4][0] for it in found})
    result["addresses"] = addresses
    result["private"] = all(ipaddress.ip_address(it).is_private for it in addresses)
    request = Request(URL, headers=headers())
    # Each address is tried for as long: one a zone, and none answers where a route is missing.
    wait = WAIT_S / len(addresses)
    start = time.monotonic()
    try:
        with urlopen(request, timeout=wait) as answer:
            body, status = answer.read().decode(), answer.status
    except HTTPError as problem:
        body, status = problem.read().decode(), problem.code
    except (OSError, HTTPException) as problem:
        reason = getattr(problem, "reason", problem)
        silence = SILENT.format(wait=WAIT_S)
        return result | {"says": silence if is_silence(problem) else UNREACHED.format(said=reason)}
    latency_ms = round((time.monotonic() - start) * 1000, 1)
    result |= {"status": status, "latency_ms": latency_ms}
    if status == 403:
        return result | {"says": REFUSED.format(said=said(body))}
    if status == 429:
        return result | {"says": MANY}
    if status != 200:
        return result | {"says": BROKEN.format(status=status, said=said(body))}
    says = WELL.format(status=status, latency_ms=latency_ms, address=addresses[0])
    return result | {"ok": True, "answer": read(body), "says": says}


def handler(event, context):
    result = call()
    # A metric by a line of the log (CloudWatch embedded metric format).
    metric = {"Name": "FailedCalls", "Unit": "Count"}
    about = {"Namespace": "PrivateCall", "Dimensions": [["FunctionName"]], "Metrics": [metric]}
    line = {"_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [about]}}
    line |= {"FunctionName": context.function_name, "FailedCalls": int(not result["ok"])}
    print(json.dumps(line | result))
    return result
