"""What an order must be, and what it is known by."""
import hashlib
import json


class Refused(ValueError):
    """An order that cannot be taken, however often it is tried."""


def digest(*parts):
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def read(body, key=None):
    """The order of a request or a message; `key` is what its sender knows it by."""
    try:
        order = json.loads(body)
    except (TypeError, ValueError):
        raise Refused("The order is not JSON.") from None
    customer = order.get("customer") if isinstance(order, dict) else None
    items = order.get("items") if isinstance(order, dict) else None
    if not isinstance(customer, str) or not 0 < len(customer) <= 200:
        raise Refused("The order names no customer.")
    if not isinstance(items, list) or not items:
        raise Refused("The order has no items.")
    # As it came, since escapes would make it longer than what the store takes.
    text = json.dumps(items, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        (customer + text).encode()
    except UnicodeEncodeError:
        raise Refused("The order is not Unicode.") from None
    # Without a key of the sender's, the same content from the same customer is the same order.
    key = key or digest(text)
    return {"id": digest(customer, key), "key": key, "customer": customer, "items": text}
