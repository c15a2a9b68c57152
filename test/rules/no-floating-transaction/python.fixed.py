import asyncpg
from psycopg_pool import AsyncConnectionPool, ConnectionPool
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import NullPool

url = "postgresql://app@pooler:6432/app?application_name=orders"
named = {"statement_cache_size": 0, "prepared_statement_cache_size": 0, "server_settings": {"application_name": "orders"}}

pool = ConnectionPool(url, open=True, min_size=0, max_size=4, kwargs={"prepare_threshold": None})
later_pool = AsyncConnectionPool(url, open=False, min_size=0, max_size=4, kwargs={"prepare_threshold": None})
engine = create_engine("postgresql+psycopg2://app@pooler:6432/app?application_name=orders", poolclass=NullPool)
later_engine = create_async_engine("postgresql+asyncpg://app@pooler:6432/app", poolclass=NullPool, connect_args=named)
Sessions = sessionmaker(engine)
LaterSessions = async_sessionmaker(later_engine)

charge = "UPDATE orders SET state = 'charged'"


async def sqlalchemy_connection():
    async with later_engine.begin() as connection:
        await connection.execute(text(charge))


async def sqlalchemy_session(order):
    async with LaterSessions() as session:
        async with session.begin():
            session.add(order)
            await session.execute(text(charge))
            await session.execute(text(charge))


async def psycopg():
    async with later_pool.connection() as connection:
        async with connection.transaction():
            await connection.execute(charge)
            async with connection.cursor() as cursor:
                await cursor.execute(charge)


async def through_asyncpg():
    connection = await asyncpg.connect(url, statement_cache_size=0, server_settings={"application_name": "orders"})
    try:
        async with connection.transaction():
            await connection.execute(charge)
            await connection.execute(charge)
    finally:
        await connection.close()


# Synchronous libraries are done when they return, wherever they are called.
async def plain_in_async():
    with pool.connection() as connection:
        with connection.transaction():
            connection.execute(charge)


async def engine_in_async():
    with engine.begin() as connection:
        connection.execute(text(charge))


async def session_in_async(order):
    session = Sessions()
    try:
        session.add(order)
        session.execute(text(charge))
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


def in_transaction(work):
    with pool.connection() as connection:
        with connection.transaction():
            return work(connection)


def with_callback():
    def work(connection):
        connection.execute(charge)

    in_transaction(work)


async def beside_the_loop():
    def work(connection):
        connection.execute(text(charge))

    async with later_engine.begin() as connection:
        await connection.run_sync(work)
