

"""Works the queue off on an instance: what is written is deleted from the queue, what fails shows itself again."""
import signal
import threading
import time

QUEUE = get_session().create_client("sqs", region_name=os.environ["AWS_REGION"])
URL = os.environ["QUEUE"]
stopping = threading.Event()


def key_of(message):
    attribute = message.get("MessageAttributes", {}).get("IdempotencyKey", {})
    return attribute.get("StringValue")


def work():
    """Receives once, waiting for messages for up to 20 s; how many were worked off."""
    asked = {"MaxNumberOfMessages": 10, "WaitTimeSeconds": 20, "MessageAttributeNames": ["IdempotencyKey"]}
    done = []
    for message in QUEUE.receive_message(QueueUrl=URL, **asked).get("Messages", []):
        try:
            order = read(message["Body"], key_of(message))
            told = {"order": order["id"], "new": keep(order)}
            done.append({"Id": str(len(done)), "ReceiptHandle": message["ReceiptHandle"]})
        except Exception as problem:
            told = {"failed": message["MessageId"], "problem": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(told), flush=True)
    if done:
        QUEUE.delete_message_batch(QueueUrl=URL, Entries=done)
    return len(done)


def run():
    # The instance sends this as it shuts down. EC2 tells of a Spot instance that it takes away in the metadata alone, which
    # nobody here asks: what was received and not deleted shows itself again after the visibility timeout.
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    while not stopping.is_set():
        try:
            work()
        except Exception as problem:
            print(json.dumps({"problem": f"{type(problem).__name__}: {problem}"}), flush=True)
            time.sleep(5)


if __name__ == "__main__":
    run()
