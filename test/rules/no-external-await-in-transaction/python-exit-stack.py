import contextlib
from contextlib import AsyncExitStack, ExitStack

import asyncpg
import requests
from psycopg2.pool import ThreadedConnectionPool
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import NullPool

old = ThreadedConnectionPool(0, 4, "postgresql://app@pooler:6432/app?application_name=orders")
engine = create_engine("postgresql+psycopg2://app@pooler:6432/app?application_name=orders", poolclass=NullPool)
Session = sessionmaker(engine)


def pay(order: int) -> None:
    with ExitStack() as stack:
        session = stack.enter_context(Session.begin())
        session.execute(text("UPDATE orders SET state = 'paid' WHERE id = :id"), {"id": order})
        requests.post("http://payments/charges", timeout=30)  # want warning "`requests.post\(\)` waits for the network"
    requests.post("http://mails/paid", timeout=30)


def ship(order: int) -> int:
    with contextlib.ExitStack() as stack:
        if order == 0:
            return 0
        connection = old.getconn()
        stack.callback(old.putconn, connection)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE orders SET state = 'shipped' WHERE id = %s", (order,))
        connection.commit()
        requests.post("http://warehouse/parcels", timeout=30)
    return 1


async def refund(pool: asyncpg.Pool, order: int) -> None:
    async with AsyncExitStack() as stack:
        connection = await stack.enter_async_context(pool.acquire())
        await stack.enter_async_context(connection.transaction())
        await connection.execute("UPDATE orders SET state = 'open' WHERE id = $1", order)
        requests.post("http://payments/refunds", timeout=30)  # want warning "`requests.post\(\)` waits for the network"
    requests.post("http://mails/refunded", timeout=30)


def hand_on(order: int) -> ExitStack:
    with ExitStack() as stack:
        session = stack.enter_context(Session.begin())
        session.execute(text("UPDATE orders SET state = 'paid' WHERE id = :id"), {"id": order})
        kept = stack.pop_all()
    requests.post("http://payments/charges", timeout=30)
    return kept
