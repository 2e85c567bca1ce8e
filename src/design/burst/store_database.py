

"""Orders in the database, each written once. The driver is pure Python: PyMySQL or pg8000, from the function's layer."""
import os
import ssl
import time

try:
    from botocore.session import get_session
except ImportError:
    # Amazon Linux has it inside its AWS CLI.
    from awscli.botocore.session import get_session

SECRETS = get_session().create_client("secretsmanager", region_name=os.environ["AWS_REGION"])
# Who signs for a database, beside the driver; RDS Proxy has a certificate of ACM's, which everybody trusts.
CERTIFICATES = "/opt/rds.pem"
IS_MYSQL = os.environ["DATABASE_ENGINE"] == "mysql"
COLUMNS = "id VARCHAR(64) PRIMARY KEY, customer VARCHAR(200) NOT NULL, placed VARCHAR(40) NOT NULL, items {} NOT NULL"
# MySQL's TEXT ends at 64 KB.
COLUMNS = COLUMNS.format("MEDIUMTEXT" if IS_MYSQL else "TEXT")
# Not IGNORE, by which MySQL would cut short what is too long.
KEPT = "ON DUPLICATE KEY UPDATE id = id" if IS_MYSQL else "ON CONFLICT DO NOTHING"
WRITE = f"INSERT INTO orders (id, customer, placed, items) VALUES (%s, %s, %s, %s) {KEPT}"
open_connection = None


def connect():
    secret = SECRETS.get_secret_value(SecretId=os.environ["DATABASE_SECRET"])
    secret = json.loads(secret["SecretString"])
    context = ssl.create_default_context()
    if os.path.exists(CERTIFICATES):
        context.load_verify_locations(CERTIFICATES)
    who = {"user": secret["username"], "password": secret["password"], "database": "app"}
    who |= {"host": os.environ["DATABASE_HOST"], "port": int(os.environ["DATABASE_PORT"])}
    if IS_MYSQL:
        import pymysql

        connection = pymysql.connect(**who, ssl=context, connect_timeout=5, autocommit=True)
    else:
        from pg8000 import dbapi

        connection = dbapi.connect(**who, ssl_context=context, timeout=5)
        connection.autocommit = True
    connection.cursor().execute(f"CREATE TABLE IF NOT EXISTS orders ({COLUMNS})")
    return connection


def keep(order):
    """Writes an order, unless it is there; whether it was new."""
    global open_connection
    placed = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    row = (order["id"], order["customer"], placed, order["items"])
    connection = open_connection or connect()
    # After a failure the next order finds a connection of its own.
    open_connection = None
    cursor = connection.cursor()
    cursor.execute(WRITE, row)
    is_new = cursor.rowcount == 1
    open_connection = connection
    return is_new
