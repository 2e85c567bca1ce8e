

"""Works the queue off: each order is written once, and what fails goes back alone."""
# Milliseconds that are left for saying what was not done, but no more than a quarter of the run.
ENOUGH_MS = 3000


def key_of(record):
    attribute = record.get("messageAttributes", {}).get("IdempotencyKey", {})
    return attribute.get("stringValue")


def handler(event, context):
    failed = []
    enough = min(ENOUGH_MS, context.get_remaining_time_in_millis() // 4)
    for record in event["Records"]:
        try:
            if context.get_remaining_time_in_millis() < enough:
                raise TimeoutError("no time left in this run")
            order = read(record["body"], key_of(record))
            told = {"order": order["id"], "new": keep(order)}
        except Exception as problem:
            failed.append({"itemIdentifier": record["messageId"]})
            told = {"failed": record["messageId"], "problem": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(told))
    return {"batchItemFailures": failed}
