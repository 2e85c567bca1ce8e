

"""Hands orders to the queue: whoever asks has an answer before anybody works on the order."""
import os

from botocore.session import get_session

# Bytes of a message and what goes with it: below what SQS takes, and below what an item of DynamoDB may have.
LONGEST = 262_144
QUEUE = get_session().create_client("sqs", region_name=os.environ["AWS_REGION"])


def hand_on(body, order):
    if len((body + order["key"]).encode()) > LONGEST - 100:
        return 413, {"message": "The order is too long."}
    key = {"DataType": "String", "StringValue": order["key"]}
    QUEUE.send_message(QueueUrl=os.environ["QUEUE"], MessageBody=body, MessageAttributes={"IdempotencyKey": key})
    return 202, {"order": order["id"]}
