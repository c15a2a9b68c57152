import psycopg
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

NAME = {"application_name": "orders"}

# PgBouncer keeps the statements of each client itself; psycopg before 3.2 does not free them in a way that it understands.
engine = create_async_engine("postgresql+asyncpg://app@pooler:6432/app", poolclass=NullPool, connect_args={"server_settings": NAME})


def count() -> int:
    with psycopg.connect("postgresql://app@pooler:6432/app?application_name=orders") as connection:  # want warning "before psycopg 3 3.2"
        return connection.execute("select count(*) from orders").fetchone()[0]
