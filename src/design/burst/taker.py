

"""Takes orders in from the API: what is well formed is handed on, the rest is refused at once."""
import base64


def answer(status, told):
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(told),
    }


def handler(event, context):
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    body = event.get("body") or ""
    try:
        if event.get("isBase64Encoded"):
            body = base64.b64decode(body).decode()
        order = read(body, headers.get("idempotency-key"))
    except ValueError as problem:
        return answer(400, {"message": str(problem)})
    return answer(*hand_on(body, order))
