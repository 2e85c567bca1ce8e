"""Runs the programs of the NAT schedule, and its whole state machine, against a model of AWS on this machine."""

import contextlib
import http.server
import io
import json
import os
import pathlib
import re
import sys
import threading
import time
import types
import unittest
from unittest import mock

from botocore.stub import Stubber
from schedule_model import ACCOUNT, REGION, World, aws, backend, clients, step_functions

HERE = pathlib.Path(__file__).parent
PROGRAMS = HERE.parent / "src" / "design" / "schedule"
STACK = "demo"
LEDGER = "ledger"
MACHINE = f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:nat"


def program(name, **variables):
    """The module as Lambda loads it, with the variables of its function."""
    index = types.ModuleType(name)
    with mock.patch.dict(os.environ, {"STACK": STACK} | variables):
        exec((PROGRAMS / f"{name}.py").read_text(encoding="utf-8"), index.__dict__)
    return index


class TheCalls(unittest.TestCase):
    """Every case of the table that the model in the page is held to as well."""

    maxDiff = None

    def test_every_case_of_the_table(self):
        for case in json.loads((HERE / "schedule.json").read_text(encoding="utf-8")):
            with self.subTest(case["name"]), aws():
                self.holds(case)

    def holds(self, case):
        world = World(case["world"])
        handler = program(case["program"]).handler
        try:
            answer = handler(world.real(case["event"]), None)
        except Exception as problem:
            self.assertEqual(type(problem).__name__, case.get("error"), problem)
        else:
            json.dumps(answer)
            self.assertEqual(world.named(answer), case.get("answer"))
        self.assertEqual(world.about(), case.get("after", case["world"]))

    def test_a_second_attempt_with_the_same_token_makes_no_second_gateway(self):
        with aws():
            world = World({"addresses": [{"id": "eip-1"}]})
            event = {"call": "create", "subnet": "subnet-a", "zone": "a", "allocation": "eip-1", "token": "t"}
            handler = program("gateways").handler
            first, second = (handler(world.real(event), None) for _ in range(2))
            self.assertEqual(first, second)
            self.assertEqual(len(world.about()["gateways"]), 1)

    def test_gateways_are_found_on_every_page(self):
        with aws():
            gateways = program("gateways")
        page = lambda it: {"NatGateways": [{"NatGatewayId": it, "State": "available"}]}
        with Stubber(gateways.EC2) as stub:
            stub.add_response("describe_nat_gateways", page("nat-1") | {"NextToken": "more"})
            stub.add_response("describe_nat_gateways", page("nat-2"))
            found = gateways.handler({"call": "find", "subnet": "subnet-a", "states": ["available"]}, None)
        self.assertEqual([it["NatGatewayId"] for it in found["gateways"]], ["nat-1", "nat-2"])

    def test_an_unknown_error_of_ec2_keeps_its_code_and_its_words(self):
        with aws():
            addresses = program("addresses")
        with Stubber(addresses.EC2) as stub:
            stub.add_client_error("allocate_address", "AddressLimitExceeded", "Too many addresses")
            with self.assertRaisesRegex(Exception, "Too many addresses") as caught:
                addresses.handler({"call": "allocate", "zone": "a"}, None)
        self.assertEqual(type(caught.exception).__name__, "AddressLimitExceeded")


def ledger(**item):
    """The ledger's table, with its item unless that is empty."""
    [dynamodb] = clients("dynamodb")
    dynamodb.create_table(
        TableName=LEDGER,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    if item:
        item = {name: {"S": value} for name, value in ({"id": "nat"} | item).items()}
        dynamodb.put_item(TableName=LEDGER, Item=item)


class TheSweeper(unittest.TestCase):
    OURS = {"id": "nat-1", "subnet": "subnet-a", "state": "available", "stack": STACK, "zone": "a"}

    def sweep(self, world, item, runs=(), hours="4"):
        """The result, the line of the log, and the inputs of the runs that it started."""
        started = []
        with aws():
            World(world)
            ledger(**item)
            sweeper = program("sweeper", MACHINE_ARN=MACHINE, LEDGER=LEDGER, HOURS=hours)
            sfn = mock.Mock(exceptions=sweeper.SFN.exceptions)
            gone = sweeper.SFN.exceptions.ExecutionDoesNotExist({"Error": {}}, "DescribeExecution")
            known = lambda executionArn: {"status": "RUNNING" if executionArn in runs else "FAILED"}
            sfn.describe_execution.side_effect = known if runs is not None else gone
            sfn.start_execution.side_effect = lambda **it: started.append(it)
            sweeper.SFN = sfn
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                result = sweeper.handler({}, None)
        for it in started:
            self.assertEqual(it["stateMachineArn"], MACHINE)
        return result, json.loads(out.getvalue()), [json.loads(it["input"]) for it in started]

    def counts(self, *given, **named):
        result, line, started = self.sweep(*given, **named)
        self.assertEqual(line["StackName"], STACK)
        for it in started:
            self.assertEqual(it["action"], "close")
            self.assertRegex(it["scheduled"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual((line["Strays"], line["Overdue"]), (result["Strays"], result["Overdue"]))
        return result["Strays"], result["Overdue"], len(started)

    def test_nothing_at_all_is_nothing(self):
        self.assertEqual(self.counts({}, {}), (0, 0, 0))

    def test_the_line_is_a_metric_that_the_alarms_watch(self):
        _, line, _ = self.sweep({}, {})
        [about] = line["_aws"]["CloudWatchMetrics"]
        self.assertEqual((about["Namespace"], about["Dimensions"]), ("ScheduledNat", [["StackName"]]))
        self.assertEqual([it["Name"] for it in about["Metrics"]], ["Strays", "Overdue"])

    def test_what_stands_without_being_wanted_is_a_stray_and_gets_closed(self):
        world = {"gateways": [self.OURS], "addresses": [{"id": "eip-1", "stack": STACK, "zone": "a"}]}
        self.assertEqual(self.counts(world, {}), (2, 0, 1))
        self.assertEqual(self.counts(world, {"wanted": "close", "since": "2026-11-21T01:00:00Z"}), (2, 0, 1))

    def test_what_is_wanted_is_no_stray(self):
        self.assertEqual(self.counts({"gateways": [self.OURS]}, {"wanted": "open"}), (0, 0, 0))

    def test_while_a_run_is_at_work_nothing_is_a_stray(self):
        item = {"wanted": "close", "holder": "run-1"}
        self.assertEqual(self.counts({"gateways": [self.OURS]}, item, runs=["run-1"]), (0, 0, 0))

    def test_a_dead_holder_is_not_at_work(self):
        item = {"wanted": "close", "holder": "run-1"}
        self.assertEqual(self.counts({"gateways": [self.OURS]}, item), (1, 0, 1))
        self.assertEqual(self.counts({"gateways": [self.OURS]}, item, runs=None), (1, 0, 1))

    def test_a_gateway_older_than_any_window_is_overdue_and_gets_closed(self):
        self.assertEqual(self.counts({"gateways": [self.OURS]}, {"wanted": "open"}, hours="-1"), (0, 1, 1))

    def test_what_belongs_to_others_is_neither(self):
        others = [self.OURS | {"stack": "other"}, {"id": "nat-2", "subnet": "subnet-a", "state": "available"}]
        world = {"gateways": others, "addresses": [{"id": "eip-1"}, {"id": "eip-2", "stack": "other"}]}
        self.assertEqual(self.counts(world, {}, hours="-1"), (0, 0, 0))


class CloudFormation(http.server.BaseHTTPRequestHandler):
    """Where a custom resource's answer goes."""

    seen = []

    def do_PUT(self):
        CloudFormation.seen.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


class TheTeardown(unittest.TestCase):
    def answer(self, kind, *runs, left_s=900):
        """What CloudFormation hears, and the runs that were started; each run's descriptions come one after the other."""
        CloudFormation.seen.clear()
        started, left = [], iter(range(left_s * 1000, 0, -60_000))
        with aws():
            teardown = program("teardown", MACHINE_ARN=MACHINE)
        teardown.POLL_S = 0
        looks = {f"run-{place}": iter(run) for place, run in enumerate(runs)}

        def start(stateMachineArn, input):
            started.append(json.loads(input))
            return {"executionArn": f"run-{len(started) - 1}"}

        describe = lambda executionArn: next(looks[executionArn])
        teardown.SFN = mock.Mock(start_execution=start, describe_execution=describe)
        event = {"RequestType": kind, "ResponseURL": URL, "StackId": "s", "RequestId": "r", "LogicalResourceId": "l"}
        teardown.handler(event, types.SimpleNamespace(get_remaining_time_in_millis=lambda: next(left, 0)))
        [said] = CloudFormation.seen
        kept = {"StackId": "s", "RequestId": "r", "LogicalResourceId": "l", "PhysicalResourceId": "teardown"}
        self.assertEqual(said, said | kept)
        return said["Status"], said["Reason"], started

    RUNNING = {"status": "RUNNING"}
    DONE = {"status": "SUCCEEDED", "output": '{"run": {}}'}
    OVERTAKEN = {"status": "SUCCEEDED", "output": '{"ledger": {}}'}

    def test_creating_and_updating_start_nothing(self):
        for kind in ("Create", "Update"):
            status, _, started = self.answer(kind)
            self.assertEqual((status, started), ("SUCCESS", []))

    def test_deleting_waits_for_a_run_that_closes(self):
        status, _, started = self.answer("Delete", [self.RUNNING, self.RUNNING, self.DONE])
        self.assertEqual((status, len(started), started[0]["action"]), ("SUCCESS", 1, "close"))
        self.assertRegex(started[0]["scheduled"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")

    def test_a_run_that_another_has_overtaken_is_followed_by_one_more(self):
        status, _, started = self.answer("Delete", [self.OVERTAKEN], [self.DONE])
        self.assertEqual((status, len(started)), ("SUCCESS", 2))

    def test_a_run_that_fails_fails_the_deletion_and_says_why(self):
        status, reason, _ = self.answer("Delete", [{"status": "FAILED", "cause": "See the topic."}])
        self.assertEqual(status, "FAILED")
        self.assertIn("run-0 ended as FAILED: See the topic.", reason)

    def test_a_run_that_takes_too_long_is_told_before_the_function_ends(self):
        status, reason, _ = self.answer("Delete", [self.RUNNING] * 99, left_s=300)
        self.assertEqual(status, "FAILED")
        self.assertIn("still at work", reason)

    def test_a_call_that_fails_is_told(self):
        status, reason, _ = self.answer("Delete", [])
        self.assertEqual(status, "FAILED")
        self.assertIn("StopIteration", reason)


def definition(variant):
    """The machine that the tests of the builder hold."""
    folder = PROGRAMS / "definition" / "snapshots"
    [snapshot] = folder.glob(f"*__{variant}.snap")
    return snapshot.read_text(encoding="utf-8").split("---\n", 2)[2]


# What stands before each is run: the snapshot of the second keeps an address.
VARIANTS = {
    "functions": {"tables": [{"id": "rtb-a"}]},
    "sdk": {"tables": [{"id": "rtb-a"}], "addresses": [{"id": "eip-kept"}]},
}


class TheMachine(unittest.TestCase):
    """Both variants of the definition, run by moto's interpreter of the Amazon States Language."""

    maxDiff = None

    @contextlib.contextmanager
    def machine(self, variant, world, looks=2):
        """A world with the machine in it, whose runs are started by calling it."""
        with aws(looks):
            here = World(world)
            ledger()
            sns, sfn = clients("sns", "stepfunctions")
            topic = sns.create_topic(Name="nat")["TopicArn"]
            functions = {name: program(name).handler for name in ("addresses", "gateways", "routes")}
            names = {
                "Stack": STACK,
                "Ledger": LEDGER,
                "Topic": topic,
                "PublicSubnetA": here.ids["subnet-a"],
                "PrivateRouteTableA": here.ids["rtb-a"],
                "NatAddressA": here.ids.get("eip-kept", "none"),
            } | {f"{name.capitalize()}Function": name for name in functions}
            text = re.sub(r"\$\{(\w+)\}", lambda it: names[it[1]], definition(variant))
            role = f"arn:aws:iam::{ACCOUNT}:role/nat"
            made = sfn.create_state_machine(name="nat", definition=text, roleArn=role)["stateMachineArn"]
            with step_functions(functions):
                yield here, lambda action, hour: self.run_of(sfn, made, action, hour)

    def run_of(self, sfn, machine, action, hour):
        """How a run ended, its output, and the states that it came through."""
        about = {"action": action, "scheduled": f"2026-11-20T{hour:02}:00:00Z"}
        name = f"{action}-{hour}-{len(sfn.list_executions(stateMachineArn=machine)['executions'])}"
        run = sfn.start_execution(stateMachineArn=machine, name=name, input=json.dumps(about))["executionArn"]
        end = time.monotonic() + 60
        while (found := sfn.describe_execution(executionArn=run))["status"] == "RUNNING":
            self.assertLess(time.monotonic(), end, f"{name} does not end")
            threading.Event().wait(0.05)
        events = sfn.get_execution_history(executionArn=run)["events"]
        states = {it["stateEnteredEventDetails"]["name"] for it in events if "stateEnteredEventDetails" in it}
        return found["status"], json.loads(found.get("output", "{}")), states

    def test_a_window_opens_and_closes_and_leaves_nothing(self):
        for variant, kept in VARIANTS.items():
            with self.subTest(variant), self.machine(variant, kept) as (world, run):
                status, output, _ = run("open", 1)
                self.assertEqual((status, output["run"]["zones"]), ("SUCCEEDED", [{"zone": "a", "outcome": "opened"}]))
                [gateway] = world.about()["gateways"]
                self.assertEqual((gateway["state"], gateway["stack"], gateway["zone"]), ("available", STACK, "a"))
                self.assertEqual(world.about()["tables"], [{"id": "rtb-a", "route": gateway["id"]}])
                status, output, _ = run("close", 2)
                self.assertEqual((status, output["run"]["zones"]), ("SUCCEEDED", [{"zone": "a", "outcome": "closed"}]))
                self.assertClean(world, kept)

    def test_runs_that_come_twice_or_too_late_change_nothing(self):
        for variant, kept in VARIANTS.items():
            with self.subTest(variant), self.machine(variant, kept) as (world, run):
                run("open", 1)
                there = world.about()
                status, output, _ = run("open", 1)
                self.assertEqual((status, "run" in output), ("SUCCEEDED", False))
                self.assertEqual(world.about(), there)
                run("close", 3)
                status, output, _ = run("open", 2)
                self.assertEqual((status, "run" in output), ("SUCCEEDED", False))
                self.assertClean(world, kept)

    def test_a_second_opening_uses_the_gateway_of_the_first(self):
        for variant, kept in VARIANTS.items():
            with self.subTest(variant), self.machine(variant, kept) as (world, run):
                run("open", 1)
                there = world.about()
                self.assertEqual(run("open", 2)[0], "SUCCEEDED")
                self.assertEqual(world.about(), there)

    def test_a_route_of_somebody_else_stays_and_the_opening_is_taken_back(self):
        for variant, kept in VARIANTS.items():
            kept = kept | {"tables": [{"id": "rtb-a", "route": "igw"}]}
            with self.subTest(variant), self.machine(variant, kept) as (world, run):
                status, _, states = run("open", 1)
                self.assertEqual(status, "FAILED")
                self.assertLessEqual({"RouteTaken", "RolledBack", "TellFailure"}, states)
                self.assertClean(world, kept)
                self.assertEqual(run("close", 2)[0], "SUCCEEDED")
                self.assertClean(world, kept)

    def test_gateways_and_addresses_of_others_stay(self):
        others = [
            {"id": "nat-1", "subnet": "subnet-a", "state": "available"},
            {"id": "nat-2", "subnet": "subnet-a", "state": "available", "stack": "other", "zone": "a"},
        ]
        for variant, kept in VARIANTS.items():
            addresses = kept.get("addresses", []) + [{"id": "eip-1"}, {"id": "eip-2", "stack": "other", "zone": "a"}]
            kept = kept | {"gateways": others, "addresses": addresses}
            with self.subTest(variant), self.machine(variant, kept) as (world, run):
                run("open", 1)
                self.assertEqual(run("close", 2)[0], "SUCCEEDED")
                self.assertClean(world, kept)

    def test_a_gateway_that_somebody_deleted_leaves_a_route_that_closing_removes(self):
        for variant, kept in VARIANTS.items():
            with self.subTest(variant), self.machine(variant, kept) as (world, run):
                run("open", 1)
                [gateway] = world.ec2.describe_nat_gateways()["NatGateways"]
                world.ec2.delete_nat_gateway(NatGatewayId=gateway["NatGatewayId"])
                self.assertEqual(run("close", 2)[0], "SUCCEEDED")
                self.assertClean(world, kept)

    def test_a_gateway_that_stays_pending_is_taken_back(self):
        for variant, kept in VARIANTS.items():
            with self.subTest(variant), self.machine(variant, kept, looks=45) as (world, run):
                status, _, states = run("open", 1)
                self.assertEqual(status, "FAILED")
                self.assertLessEqual({"NotAvailable", "RolledBack", "TellFailure"}, states)
                self.assertClean(world, kept)

    def test_an_address_too_many_does_not_outlive_the_run(self):
        kept = {"tables": [{"id": "rtb-a"}]}
        lost = kept | {"addresses": [{"id": "eip-1", "stack": STACK, "zone": "a"}]}
        with self.machine("functions", lost) as (world, run):
            self.assertEqual(run("open", 1)[0], "SUCCEEDED")
            self.assertEqual(len(world.about()["addresses"]), 1)
            run("close", 2)
            self.assertClean(world, kept)

    def test_a_dead_holder_is_succeeded(self):
        for variant, kept in VARIANTS.items():
            with self.subTest(variant), self.machine(variant, kept) as (world, run):
                [dynamodb] = clients("dynamodb")
                dead = f"arn:aws:states:{REGION}:{ACCOUNT}:execution:nat:gone"
                item = {"id": "nat", "holder": dead, "since": "2026-11-19T01:00:00Z", "wanted": "close"}
                dynamodb.put_item(TableName=LEDGER, Item={name: {"S": it} for name, it in item.items()})
                status, _, states = run("open", 1)
                self.assertEqual((status, "TakeOver" in states), ("SUCCEEDED", True))
                [item] = dynamodb.scan(TableName=LEDGER)["Items"]
                self.assertEqual((item["wanted"], item["since"]), ({"S": "open"}, {"S": "2026-11-20T01:00:00Z"}))
                self.assertNotIn("holder", item)

    def test_an_input_of_another_form_is_refused(self):
        with self.machine("sdk", VARIANTS["sdk"]) as (_, run):
            status, _, states = run("reopen", 1)
            self.assertEqual((status, states), ("FAILED", {"Now", "Which", "BadInput"}))

    def assertClean(self, world, kept):
        """Nothing is there but what was there before; a gateway that is gone shows for an hour."""
        about = world.about()
        about["gateways"] = [it for it in about.get("gateways", []) if it["state"] != "deleted"]
        self.assertEqual(about, {"gateways": []} | kept)


if __name__ == "__main__":
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), CloudFormation)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    URL = f"http://127.0.0.1:{server.server_port}/answer"
    outcome = unittest.main(exit=False, verbosity=2).result
    failed = len(outcome.failures) + len(outcome.errors)
    print(f"{outcome.testsRun - failed} passed, {failed} failed")
    sys.exit(failed > 0)
