from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
import asyncpg
import psycopg

sync = create_engine("postgresql+psycopg2://app@pooler:6432/app", poolclass=NullPool, connect_args={"application_name": "my-service"})
later = create_async_engine("postgresql+asyncpg://app@pooler:6432/app", poolclass=NullPool, connect_args={"statement_cache_size": 0, "prepared_statement_cache_size": 0, "server_settings": {"application_name": "my-service"}})
inner = create_async_engine("postgresql+asyncpg://app@pooler:6432/app", poolclass=NullPool, connect_args={"statement_cache_size": 0, "prepared_statement_cache_size": 0, "server_settings": {"application_name": "orders"}})
named = create_engine("postgresql+psycopg2://app@pooler:6432/app", poolclass=NullPool, connect_args={"application_name": "orders"})


async def one():
    return await asyncpg.connect("postgresql://app@pooler:6432/app", statement_cache_size=0, server_settings={"application_name": "my-service"})


async def in_url():
    return await asyncpg.connect("postgresql://app@pooler:6432/app?application_name=orders&sslmode=require", statement_cache_size=0)


def other():
    with psycopg.connect("postgresql://app@pooler:6432/app?application_name=orders", prepare_threshold=None) as connection:
        return connection.info
