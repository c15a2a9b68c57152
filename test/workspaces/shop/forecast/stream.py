"""Follows the orders of the last hour, many at a time."""

import os

import asyncpg
from psycopg_pool import AsyncConnectionPool, ConnectionPool
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

# Opens itself where no event loop runs yet.
trends = AsyncConnectionPool(
    os.environ["FORECAST_URL"],
    min_size=0,
    max_size=4,
    kwargs={"application_name": "shop-trends", "prepare_threshold": None},
)

# The engine closes what it borrows, and the pool thinks that it is still lent.
lent = ConnectionPool(
    os.environ["FORECAST_URL"],
    min_size=0,
    max_size=4,
    kwargs={"application_name": "shop-lent", "prepare_threshold": None},
)
engine = create_engine("postgresql+psycopg://", creator=lent.getconn, poolclass=NullPool)

# A class is wanted, not its name.
archive = create_engine(
    "postgresql+psycopg2://forecast@pgbouncer:6432/shop?application_name=shop-archive",
    poolclass="NullPool",
)


async def last_hour() -> list[asyncpg.Record]:
    # asyncpg names every statement, unless its cache is off.
    async with asyncpg.create_pool(
        os.environ["FORECAST_URL"],
        min_size=0,
        max_size=4,
        server_settings={"application_name": "shop-stream"},
    ) as pool:
        return await pool.fetch("SELECT * FROM orders WHERE placed_at > now() - interval '1 hour'")


async def last_day() -> list[asyncpg.Record]:
    async with asyncpg.create_pool(
        os.environ["FORECAST_URL"],
        min_size=0,
        max_size=4,
        statement_cache_size=0,
        server_settings={"application_name": "shop-stream"},
    ) as pool:
        return await pool.fetch("SELECT * FROM orders WHERE placed_at > now() - interval '1 day'")
