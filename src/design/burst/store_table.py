

"""Orders in DynamoDB, each written once."""
import os
import time

try:
    from botocore.session import get_session
except ImportError:
    # Amazon Linux has it inside its AWS CLI.
    from awscli.botocore.session import get_session

STORE = get_session().create_client("dynamodb", region_name=os.environ["AWS_REGION"])
TTL_S = int(os.environ["TTL_DAYS"]) * 86400


def keep(order):
    """Writes an order, unless it is there; whether it was new."""
    now = time.time()
    item = {
        "pk": {"S": order["id"]},
        "customer": {"S": order["customer"]},
        "placed": {"S": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))},
        "items": {"S": order["items"]},
    }
    if TTL_S:
        item["expires"] = {"N": str(int(now) + TTL_S)}
    try:
        STORE.put_item(TableName=os.environ["TABLE"], Item=item, ConditionExpression="attribute_not_exists(pk)")
    except STORE.exceptions.ConditionalCheckFailedException:
        return False
    return True
