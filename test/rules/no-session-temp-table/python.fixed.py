import asyncpg
import psycopg2
from psycopg2.pool import ThreadedConnectionPool
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import NullPool

URL = "postgresql://app@pooler:6432/app?application_name=orders"
engine = create_engine("postgresql+psycopg2://app@pooler:6432/app?application_name=orders", poolclass=NullPool)
auto = create_engine("postgresql+psycopg2://app@pooler:6432/app?application_name=orders", poolclass=NullPool, isolation_level="AUTOCOMMIT")
Session = sessionmaker(engine)
pool = ThreadedConnectionPool(0, 4, URL)


def kept():
    with Session.begin() as session:
        session.execute(text("CREATE TEMP TABLE staged (id bigint) ON COMMIT DROP"))
        session.execute(text("INSERT INTO staged VALUES (1)"))


def dropped():
    with Session.begin() as session:
        session.execute(text("CREATE TEMP TABLE staged (id bigint) ON COMMIT DROP"))
        session.execute(text("INSERT INTO staged VALUES (1)"))


def committing():
    with auto.connect() as connection:
        connection.execute(text("CREATE TEMP TABLE staged (id bigint) ON COMMIT DROP"))
        connection.execute(text("INSERT INTO staged VALUES (1)"))


def plain():
    connection = pool.getconn()
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE staged AS SELECT * FROM orders")
        connection.commit()
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM staged")
    finally:
        connection.rollback()
        pool.putconn(connection)


async def copied(apool: asyncpg.Pool):
    async with apool.acquire() as connection:
        await connection.execute("CREATE TEMP TABLE staged (LIKE orders)")
        await connection.copy_records_to_table("staged", records=[])


async def inside(apool: asyncpg.Pool):
    async with apool.acquire() as connection:
        async with connection.transaction():
            await connection.execute("CREATE TEMP TABLE staged (LIKE orders) ON COMMIT DROP")
            await connection.copy_records_to_table("staged", records=[])
