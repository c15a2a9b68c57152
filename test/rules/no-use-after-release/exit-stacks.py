from contextlib import AsyncExitStack, ExitStack

import asyncpg
from psycopg_pool import ConnectionPool

pool = ConnectionPool("postgresql://app@pooler:6432/app?application_name=orders", min_size=0, max_size=4, kwargs={"prepare_threshold": None})


def read(order: int) -> object:
    with ExitStack() as stack:
        connection = stack.enter_context(pool.connection())
        connection.execute("DELETE FROM baskets WHERE id = %s", (order,))
    return connection.execute("SELECT * FROM orders WHERE id = %s", (order,)).fetchone()  # want "was released already"


async def watch(jobs: asyncpg.Pool) -> object:
    async with AsyncExitStack() as stack:
        connection = await stack.enter_async_context(jobs.acquire())
        await connection.execute("DELETE FROM baskets")
    return await connection.fetchval("SELECT count(*) FROM orders")  # want "was released already"


def keep(order: int) -> object:
    with ExitStack() as stack:
        connection = stack.enter_context(pool.connection())
        kept = stack.pop_all()
    with kept:
        return connection.execute("SELECT * FROM orders WHERE id = %s", (order,)).fetchone()
