import psycopg
import psycopg2
from contextlib import closing


def held() -> None:
    with closing(psycopg2.connect("postgresql://pooler:6432/orders?application_name=orders")) as connection:
        cursor = connection.cursor("big", withhold=True)  # want "`withhold=True`"
        cursor.execute("select * from orders")
        connection.commit()
        print(cursor.fetchmany(10))


def within() -> None:
    with psycopg.connect("postgresql://pooler:6432/orders?application_name=orders", prepare_threshold=None) as connection:
        with connection.cursor("big", withhold=False) as cursor:
            cursor.execute("select * from orders")
            print(cursor.fetchmany(10))
