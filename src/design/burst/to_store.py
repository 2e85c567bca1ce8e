

"""Hands orders to the store while whoever asks waits: there is no queue."""


def hand_on(body, order):
    is_new = keep(order)
    return 201 if is_new else 200, {"order": order["id"], "new": is_new}
