from typing import cast

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, ConnectionPool
from sqlalchemy import Engine

URL = "postgresql://app@pooler:6432/app?application_name=orders"
UNNAMED = {"prepare_threshold": None}


async def count() -> None:
    async with await AsyncConnection.connect(URL, prepare_threshold=None) as connection:
        await connection.execute("select count(*) from orders")


async def count_later() -> None:
    connection = await AsyncConnection.connect(URL, prepare_threshold=None)
    async with connection:
        await connection.execute("select count(*) from orders")


async def never() -> None:
    connection = await AsyncConnection.connect(URL, prepare_threshold=None)  # want "`AsyncConnection.connect\(\)` gives is never closed"
    await connection.set_autocommit(True)


def reach(engine: Engine):
    # Only to see that the database is there: nobody holds what it gives.
    connect(engine)


def connect(engine: Engine):
    return engine.connect()


async def serve_all(request, response) -> None:
    async with cast(AsyncConnectionPool[AsyncConnection], AsyncConnectionPool(URL, min_size=0, max_size=4, kwargs=UNNAMED)) as pool:
        async with pool.connection() as connection:
            await connection.execute("select count(*) from orders")


def serve(request, response) -> None:
    with cast("ConnectionPool", ConnectionPool(URL, min_size=0, max_size=4, kwargs=UNNAMED)) as pool:
        with pool.connection() as connection:
            connection.execute("select count(*) from orders")
