from uuid import uuid4

import asyncpg
import psycopg
from psycopg_pool import ConnectionPool
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

URL = "postgresql+asyncpg://app@pooler:6432/app"
NAME = {"application_name": "orders"}

both = create_async_engine(URL, poolclass=NullPool, connect_args={"statement_cache_size": 0, "prepared_statement_cache_size": 0, "server_settings": NAME})
default = create_async_engine(URL, poolclass=NullPool, connect_args={"server_settings": NAME})  # want error "`create_async_engine\(\)` lets asyncpg give every statement a name"
one = create_async_engine(URL, poolclass=NullPool, connect_args={"statement_cache_size": 0, "server_settings": NAME})  # want ""
other = create_async_engine("postgresql+asyncpg://app@pooler:6432/app?prepared_statement_cache_size=0", poolclass=NullPool, connect_args={"server_settings": NAME})  # want error "`create_async_engine\(\)` lets asyncpg give every statement a name"
nameless = create_async_engine(URL, poolclass=NullPool, connect_args={"prepared_statement_name_func": lambda: "", "server_settings": NAME})
names = create_async_engine(URL, poolclass=NullPool, connect_args={"prepared_statement_name_func": lambda: f"__{uuid4()}__", "server_settings": NAME})  # want warning "leaves its statements behind"
psycopg2_engine = create_engine("postgresql+psycopg2://app@pooler:6432/app?application_name=orders", poolclass=NullPool)
psycopg3_engine = create_engine("postgresql+psycopg://app@pooler:6432/app?application_name=orders", poolclass=NullPool)  # want ""
psycopg3_off = create_engine("postgresql+psycopg://app@pooler:6432/app?application_name=orders", poolclass=NullPool, connect_args={"prepare_threshold": None})
psycopg3_zero = create_engine("postgresql+psycopg://app@pooler:6432/app?application_name=orders", poolclass=NullPool, connect_args={"prepare_threshold": 0})  # want ""
pool = ConnectionPool("postgresql://app@pooler:6432/app?application_name=orders", min_size=0, max_size=4, kwargs={"prepare_threshold": 5})  # want ""


async def connect():
    pool = await asyncpg.create_pool("postgresql://app@pooler:6432/app", min_size=0, server_settings=NAME)  # want ""
    async with pool.acquire() as connection:
        await connection.prepare("select 1")
    await pool.close()


def plain():
    with psycopg.connect("postgresql://app@pooler:6432/app?application_name=orders") as connection:  # want ""
        connection.execute("select 1")
