import psycopg2

URL = "postgresql://pooler:6432/orders?application_name=orders"


def count() -> int:
    with psycopg2.connect(URL) as connection:  # want "leaves the connection open"
        cursor = connection.cursor()
        cursor.execute("select count(*) from orders")
        return cursor.fetchone()[0]
