"""Runs the function of an exported client template against a stand-in of the API on this machine, over HTTPS.

function.py TEMPLATE.json
"""

import contextlib
import hashlib
import hmac
import http.server
import io
import json
import os
import socket
import ssl
import sys
import tempfile
import threading
import time
import types
import unittest
from unittest import mock
from urllib.parse import urlsplit

import trustme

REGION = "ap-northeast-1"
KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI", "AWS_SESSION_TOKEN": "token"}
WAIT_S = 1


class StandIn(http.server.BaseHTTPRequestHandler):
    """Answers as the path says."""

    seen = []

    def do_GET(self):
        StandIn.seen.append(dict(self.headers))
        if self.path == "/silent":
            time.sleep(WAIT_S * 3)
            return
        status, body = {
            "/v1/hello": (200, '{"message": "hello", "api": "abc"}'),
            "/refused": (403, '{"Message": "User: anonymous is not authorized"}'),
            "/many": (429, '{"message": "Too Many Requests"}'),
            "/broken": (500, "not even JSON"),
            "/plain": (200, "not even JSON"),
        }[self.path]
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


def program(template):
    with open(template, encoding="utf-8") as file:
        resources = json.load(file)["Resources"].values()
    return next(it["Properties"] for it in resources if it["Type"] == "AWS::Lambda::Function")


PROPERTIES = program(sys.argv.pop())


def run(url, signed=True, trust=None):
    """A run of the function with the variables of the template; its result and the line that it logged."""
    variables = dict.fromkeys(PROPERTIES["Environment"]["Variables"])
    variables |= {"API_URL": url, "API_REGION": REGION, "WAIT_S": str(WAIT_S), "SIGNED": str(signed).lower()}
    assert None not in variables.values(), f"the template has a variable that this test does not know: {variables}"
    os.environ.update(variables | KEYS | {"SSL_CERT_FILE": trust or CA})
    index = types.ModuleType("index")
    exec(PROPERTIES["Code"]["ZipFile"], index.__dict__)
    handler = getattr(index, PROPERTIES["Handler"].removeprefix("index."))
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        result = handler({}, types.SimpleNamespace(function_name="client"))
    json.dumps(result)
    return result, json.loads(out.getvalue())


def signature(headers, url):
    """Signature Version 4 by the letter of its description (IAM user guide, create a signed request)."""
    _, fields = headers["Authorization"].split(" ", 1)
    fields = dict(it.strip().split("=", 1) for it in fields.split(","))
    names = fields["SignedHeaders"].split(";")
    lower = {key.lower(): value.strip() for key, value in headers.items()}
    lower["host"] = urlsplit(url).netloc
    canonical = "\n".join(
        ["GET", urlsplit(url).path, "", *(f"{it}:{lower[it]}" for it in names), "", ";".join(names)]
        + [hashlib.sha256(b"").hexdigest()]
    )
    scope = fields["Credential"].split("/", 1)[1]
    date, region, service, end = scope.split("/")
    text = "\n".join(
        ["AWS4-HMAC-SHA256", lower["x-amz-date"], scope, hashlib.sha256(canonical.encode()).hexdigest()]
    )
    key = ("AWS4" + KEYS["AWS_SECRET_ACCESS_KEY"]).encode()
    for part in (date, region, service, end):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return region, service, hmac.new(key, text.encode(), hashlib.sha256).hexdigest(), fields["Signature"]


class TheFunction(unittest.TestCase):
    def setUp(self):
        StandIn.seen.clear()

    def test_a_call_that_works_says_address_status_and_latency(self):
        result, line = run(f"{BASE}/v1/hello")
        self.assertTrue(result["ok"])
        self.assertEqual((result["status"], result["addresses"], result["private"]), (200, ["127.0.0.1"], True))
        self.assertGreater(result["latency_ms"], 0)
        self.assertEqual(result["answer"]["api"], "abc")
        self.assertIn("from 127.0.0.1", result["says"])
        self.assertEqual((line["FailedCalls"], line["latency_ms"]), (0, result["latency_ms"]))

    def test_the_line_is_a_metric_that_the_alarm_watches(self):
        _, line = run(f"{BASE}/v1/hello")
        [about] = line["_aws"]["CloudWatchMetrics"]
        self.assertEqual((about["Namespace"], about["Dimensions"]), ("PrivateCall", [["FunctionName"]]))
        self.assertEqual([it["Name"] for it in about["Metrics"]], ["FailedCalls"])
        self.assertEqual(line["FunctionName"], "client")

    def test_a_signed_call_carries_a_signature_that_iam_would_take(self):
        run(f"{BASE}/v1/hello")
        [headers] = StandIn.seen
        region, service, expected, given = signature(headers, f"{BASE}/v1/hello")
        self.assertEqual((region, service), (REGION, "execute-api"))
        self.assertEqual(given, expected)

    def test_an_unsigned_call_carries_none(self):
        result, _ = run(f"{BASE}/v1/hello", signed=False)
        self.assertTrue(result["ok"])
        self.assertNotIn("Authorization", StandIn.seen[0])

    def test_a_refusal_says_whose_policies_to_look_at(self):
        result, line = run(f"{BASE}/refused")
        self.assertEqual((result["ok"], result["status"], line["FailedCalls"]), (False, 403, 1))
        self.assertIn("User: anonymous is not authorized", result["says"])
        self.assertIn("resource policy", result["says"])

    def test_a_full_stage_says_so(self):
        result, _ = run(f"{BASE}/many")
        self.assertEqual(result["status"], 429)
        self.assertIn("rate or burst", result["says"])

    def test_a_broken_api_says_its_status(self):
        result, _ = run(f"{BASE}/broken")
        self.assertEqual((result["ok"], result["status"]), (False, 500))
        self.assertIn("500, not even JSON", result["says"])

    def test_an_answer_that_is_no_json_is_kept(self):
        result, _ = run(f"{BASE}/plain")
        self.assertEqual((result["ok"], result["answer"]), (True, "not even JSON"))

    def test_silence_ends_in_time_and_says_where_to_look(self):
        start = time.monotonic()
        result, line = run(f"{BASE}/silent")
        self.assertLess(time.monotonic() - start, WAIT_S * 2.5)
        self.assertEqual((result["ok"], result["status"], line["FailedCalls"]), (False, None, 1))
        self.assertIn("missing route", result["says"])

    def test_two_addresses_without_an_answer_take_no_longer_than_one(self):
        with nobody_answers(("127.0.0.1", "127.0.0.2")) as port, mock.patch("socket.getaddrinfo") as found:
            found.side_effect = lambda *_: [
                (socket.AF_INET, socket.SOCK_STREAM, 6, "", (it, port)) for it in ("127.0.0.1", "127.0.0.2")
            ]
            start = time.monotonic()
            result, line = run(f"https://localhost:{port}/v1/hello")
        self.assertLess(time.monotonic() - start, WAIT_S * 1.5)
        self.assertEqual((len(result["addresses"]), result["ok"], line["FailedCalls"]), (2, False, 1))
        self.assertIn("missing route", result["says"])

    def test_a_name_that_does_not_resolve_says_so(self):
        result, line = run("https://abc123.execute-api.invalid/v1/hello")
        self.assertEqual((result["addresses"], line["FailedCalls"]), ([], 1))
        self.assertIn("private hosted zone", result["says"])

    def test_another_host_at_the_address_is_not_taken_for_the_api(self):
        other = trustme.CA()
        with tempfile.NamedTemporaryFile(suffix=".pem") as file:
            other.cert_pem.write_to_path(file.name)
            result, _ = run(f"{BASE}/v1/hello", trust=file.name)
        self.assertFalse(result["ok"])
        self.assertIn("not the API", result["says"])

    def test_a_closed_port_is_no_silence(self):
        result, _ = run("https://localhost:1/v1/hello")
        self.assertIn("refused", result["says"].lower())


@contextlib.contextmanager
def nobody_answers(addresses):
    """A port at which connections are neither made nor refused: its queue is full."""
    with contextlib.ExitStack() as stack:
        port = 0
        for address in addresses:
            listener = stack.enter_context(socket.socket())
            listener.bind((address, port))
            listener.listen(0)
            port = listener.getsockname()[1]
            for _ in range(3):
                caller = stack.enter_context(socket.socket())
                caller.setblocking(False)
                caller.connect_ex((address, port))
        yield port


def stand_in(folder):
    authority = trustme.CA()
    path = os.path.join(folder, "ca.pem")
    authority.cert_pem.write_to_path(path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"https://localhost:{server.server_port}", path


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        BASE, CA = stand_in(folder)
        outcome = unittest.main(exit=False, verbosity=2).result
    failed = len(outcome.failures) + len(outcome.errors)
    print(f"{outcome.testsRun - failed} passed, {failed} failed")
    sys.exit(failed > 0)
