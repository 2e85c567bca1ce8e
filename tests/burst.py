"""Runs the programs of the burst path against a model of AWS on this machine: whatever comes twice is written once, and what
is broken comes back alone."""

import contextlib
import io
import json
import os
import pathlib
import sys
import types
import unittest
from unittest import mock

import boto3
from moto import mock_aws

PROGRAMS = pathlib.Path(__file__).parent.parent / "src" / "design" / "burst"
REGION = "ap-northeast-1"
KEYS = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": REGION, "AWS_REGION": REGION}
ORDER = {"customer": "ann", "items": [{"sku": "cup", "quantity": 2}]}


def program(*parts, **variables):
    """The module as it is deployed: its parts one behind the other, with the variables of its environment."""
    text = "".join((PROGRAMS / f"{it}.py").read_text(encoding="utf-8") for it in parts)
    index = types.ModuleType("index")
    os.environ.update(variables)
    exec(compile(text, "+".join(parts), "exec"), index.__dict__)
    return index


class Context:
    """A run in which time passes with every look at the clock."""

    def __init__(self, left_ms=30_000, look_ms=0):
        self.left_ms, self.look_ms = left_ms, look_ms

    def get_remaining_time_in_millis(self):
        left = self.left_ms
        self.left_ms -= self.look_ms
        return left


class Case(unittest.TestCase):
    def setUp(self):
        for it in (mock.patch.dict(os.environ, KEYS), mock_aws(), contextlib.redirect_stdout(io.StringIO())):
            it.__enter__()
            self.addCleanup(it.__exit__, None, None, None)
        keys = [("pk", "HASH"), ("customer", "HASH"), ("placed", "RANGE")]
        key = lambda name, kind: {"AttributeName": name, "KeyType": kind}
        self.table = boto3.resource("dynamodb").create_table(
            TableName="orders",
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[key(*keys[0])],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name, _ in keys],
            GlobalSecondaryIndexes=[
                {"IndexName": "customer", "KeySchema": [key(*it) for it in keys[1:]], "Projection": {"ProjectionType": "ALL"}}
            ],
        )
        self.queue = boto3.resource("sqs").create_queue(QueueName="orders", Attributes={"VisibilityTimeout": "0"})
        self.into_table = {"TABLE": "orders", "TTL_DAYS": "90"}

    def items(self):
        return self.table.scan()["Items"]


def record(number, body, key=None):
    attributes = {"IdempotencyKey": {"stringValue": key, "dataType": "String"}} if key else {}
    return {"messageId": str(number), "body": body, "messageAttributes": attributes}


class TheConsumer(Case):
    def consumer(self):
        return program("order", "store_table", "consumer", **self.into_table).handler

    def test_what_comes_twice_is_written_once(self):
        records = [record(it, json.dumps(ORDER), "k1") for it in (1, 2)]
        handler = self.consumer()
        for _ in range(2):
            self.assertEqual(handler({"Records": records}, Context()), {"batchItemFailures": []})
        (item,) = self.items()
        self.assertEqual(json.loads(item["items"]), ORDER["items"])
        self.assertGreater(item["expires"], 90 * 86400)

    def test_the_same_key_of_another_customer_is_another_order(self):
        other = ORDER | {"customer": "bob"}
        records = [record(1, json.dumps(ORDER), "k1"), record(2, json.dumps(other), "k1")]
        self.consumer()({"Records": records}, Context())
        self.assertEqual(sorted(it["customer"] for it in self.items()), ["ann", "bob"])

    def test_a_broken_message_comes_back_alone(self):
        bodies = [json.dumps(ORDER), "{", json.dumps(ORDER | {"items": []}), json.dumps([1]), json.dumps(ORDER | {"customer": "bob"})]
        answer = self.consumer()({"Records": [record(*it) for it in enumerate(bodies)]}, Context())
        self.assertEqual([it["itemIdentifier"] for it in answer["batchItemFailures"]], ["1", "2", "3"])
        self.assertEqual(len(self.items()), 2)

    def test_a_store_that_does_not_answer_brings_all_back(self):
        handler = self.consumer()
        with mock.patch.dict(os.environ, TABLE="gone"):
            answer = handler({"Records": [record(1, json.dumps(ORDER))]}, Context())
        self.assertEqual(answer, {"batchItemFailures": [{"itemIdentifier": "1"}]})

    def test_what_no_time_is_left_for_comes_back(self):
        # A run of three seconds has time for an order, too.
        bodies = [json.dumps(ORDER | {"customer": it}) for it in "ab"]
        records = [record(*it) for it in enumerate(bodies)]
        answer = self.consumer()({"Records": records}, Context(left_ms=3_000, look_ms=1_200))
        self.assertEqual(answer, {"batchItemFailures": [{"itemIdentifier": "1"}]})
        self.assertEqual([it["customer"] for it in self.items()], ["a"])

    def test_words_of_any_language_stay_as_long_as_they_came(self):
        order = ORDER | {"items": [{"sku": "\u98a8\u6c17" * 1000}]}
        body = json.dumps(order, ensure_ascii=False)
        self.consumer()({"Records": [record(1, body)]}, Context())
        [item] = self.items()
        self.assertLessEqual(len(item["items"].encode()), len(body.encode()))
        broken = json.dumps(ORDER | {"customer": "\ud800"})
        answer = self.consumer()({"Records": [record(1, broken)]}, Context())
        self.assertEqual(answer, {"batchItemFailures": [{"itemIdentifier": "1"}]})

    def test_without_a_time_to_live_an_order_stays(self):
        self.into_table["TTL_DAYS"] = "0"
        self.consumer()({"Records": [record(1, json.dumps(ORDER))]}, Context())
        self.assertNotIn("expires", self.items()[0])


class TheTaker(Case):
    def call(self, handler, body, headers=None):
        answer = handler({"body": body, "headers": headers}, Context())
        return answer["statusCode"], json.loads(answer["body"])

    def to_queue(self):
        return program("order", "to_queue", "taker", QUEUE=self.queue.url).handler

    def messages(self):
        got = self.queue.receive_messages(MaxNumberOfMessages=10, MessageAttributeNames=["All"])
        return [(it.body, it.message_attributes["IdempotencyKey"]["StringValue"]) for it in got]

    def test_an_order_is_handed_to_the_queue_with_the_senders_key(self):
        status, told = self.call(self.to_queue(), json.dumps(ORDER), {"Idempotency-Key": "k1"})
        self.assertEqual((status, self.messages()), (202, [(json.dumps(ORDER), "k1")]))
        self.assertEqual(len(told["order"]), 64)

    def test_the_same_content_has_the_same_key(self):
        handler = self.to_queue()
        spaced = json.dumps(ORDER, indent=2)
        answers = [self.call(handler, it) for it in (json.dumps(ORDER), spaced)]
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(len({key for _, key in self.messages()}), 1)

    def test_what_is_no_order_is_refused_and_not_handed_on(self):
        handler = self.to_queue()
        for body in (None, "", "{", "[]", "{}", json.dumps({"customer": "ann", "items": []}), json.dumps({"customer": "", "items": [1]})):
            status, told = self.call(handler, body)
            self.assertEqual(status, 400, body)
            self.assertIn("order", told["message"])
        self.assertEqual(self.messages(), [])

    def test_what_no_message_can_hold_is_refused(self):
        items = [{"sku": "cup", "quantity": 1, "note": "x" * 2_000_000}]
        status, told = self.call(self.to_queue(), json.dumps(ORDER | {"items": items}))
        self.assertEqual((status, self.messages()), (413, []))
        self.assertIn("too long", told["message"])

    def test_a_body_in_base64_is_read(self):
        event = {"body": "eyJjdXN0b21lciI6ICJhbm4iLCAiaXRlbXMiOiBbMV19", "isBase64Encoded": True}
        self.assertEqual(self.to_queue()(event, Context())["statusCode"], 202)
        broken = {"body": "!", "isBase64Encoded": True}
        self.assertEqual(self.to_queue()(broken, Context())["statusCode"], 400)

    def test_without_a_queue_it_writes_at_once_and_once(self):
        handler = program("order", "store_table", "to_store", "taker", **self.into_table).handler
        answers = [self.call(handler, json.dumps(ORDER)) for _ in range(2)]
        self.assertEqual([status for status, _ in answers], [201, 200])
        self.assertEqual(len(self.items()), 1)


class TheWorker(Case):
    def test_what_is_written_leaves_the_queue_and_what_is_broken_stays(self):
        worker = program("order", "store_table", "worker", QUEUE=self.queue.url, **self.into_table)
        key = {"IdempotencyKey": {"DataType": "String", "StringValue": "k1"}}
        for _ in range(2):
            self.queue.send_message(MessageBody=json.dumps(ORDER), MessageAttributes=key)
        self.queue.send_message(MessageBody="{")
        done = worker.work() + worker.work()
        self.assertEqual((done, len(self.items())), (2, 1))
        self.assertEqual([it.body for it in self.queue.receive_messages(MaxNumberOfMessages=10)], ["{"])


class TheDatabase(Case):
    """The driver is a stand-in that knows which rows there are."""

    def store(self, engine, name):
        self.rows, self.connections, self.fails = {}, 0, False
        secret = boto3.client("secretsmanager").create_secret(
            Name=engine, SecretString=json.dumps({"username": "app_admin", "password": "p"})
        )
        case = self

        class Cursor:
            rowcount = 0

            def execute(self, statement, row=None):
                if case.fails:
                    raise OSError("gone")
                if row is None:
                    return
                assert ("ON DUPLICATE KEY" in statement) == (engine == "mysql"), statement
                assert ("ON CONFLICT" in statement) == (engine == "postgres"), statement
                self.rowcount = int(row[0] not in case.rows)
                case.rows.setdefault(row[0], row)

        def connect(**given):
            assert given["password"] == "p" and given["host"] == "proxy", given
            case.connections += 1
            return types.SimpleNamespace(cursor=Cursor)

        driver = types.SimpleNamespace(connect=connect)
        modules = {"pymysql": driver, "pg8000": types.SimpleNamespace(dbapi=driver)}
        patch = mock.patch.dict(sys.modules, modules)
        patch.start()
        self.addCleanup(patch.stop)
        return program(
            "order",
            "store_database",
            name,
            DATABASE_ENGINE=engine,
            DATABASE_HOST="proxy",
            DATABASE_PORT="3306",
            DATABASE_SECRET=secret["ARN"],
        ).handler

    def test_an_order_is_written_once_whatever_the_engine(self):
        for engine in ("mysql", "postgres"):
            handler = self.store(engine, "consumer")
            records = [record(it, json.dumps(ORDER)) for it in (1, 2)]
            self.assertEqual(handler({"Records": records}, Context()), {"batchItemFailures": []})
            self.assertEqual((len(self.rows), self.connections), (1, 1))

    def test_a_connection_that_breaks_is_replaced(self):
        handler = self.store("mysql", "consumer")
        one = {"Records": [record(1, json.dumps(ORDER))]}
        handler(one, Context())
        self.fails = True
        self.assertEqual(len(handler(one, Context())["batchItemFailures"]), 1)
        self.fails = False
        self.assertEqual(handler(one, Context()), {"batchItemFailures": []})
        self.assertEqual((len(self.rows), self.connections), (1, 2))


if __name__ == "__main__":
    unittest.main()
