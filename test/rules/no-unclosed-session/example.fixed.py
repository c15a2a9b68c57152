import psycopg2
from contextlib import closing

URL = "postgresql://pooler:6432/orders?application_name=orders"


def count() -> int:
    with closing(psycopg2.connect(URL)) as connection, connection:
        cursor = connection.cursor()
        cursor.execute("select count(*) from orders")
        return cursor.fetchone()[0]
