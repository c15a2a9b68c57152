import select

import asyncpg
import psycopg
import psycopg2

URL = "postgresql://app@pooler:6432/app?application_name=orders"


def wait():
    connection = psycopg2.connect(URL)  # want no-unclosed-session "is never closed"
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("LISTEN orders")  # want "`LISTEN orders` hears nothing here"
    while True:
        select.select([connection], [], [], 5)
        connection.poll()


def three():
    with psycopg.connect(URL, autocommit=True, prepare_threshold=None) as connection:
        connection.execute("LISTEN orders")  # want "`LISTEN orders` hears nothing here"
        for note in connection.notifies():  # want "`connection.notifies` waits for notifications"
            print(note.payload)


async def five(pool: asyncpg.Pool):
    connection = await asyncpg.connect(URL, statement_cache_size=0)
    await connection.add_listener("orders", print)  # want "`connection.add_listener` waits for notifications"
    async with pool.acquire() as other:
        await other.add_listener("orders", print)  # want "`other.add_listener` waits for notifications"
        await other.execute("LISTEN shipments")  # want "`LISTEN shipments` hears nothing here"
    await connection.close()


def tell(connection: psycopg.Connection):
    connection.execute("NOTIFY orders")
    connection.execute("SELECT pg_notify('orders', '1')")
