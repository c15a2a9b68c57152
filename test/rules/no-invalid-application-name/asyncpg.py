import asyncpg
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

UNNAMED = {"statement_cache_size": 0, "prepared_statement_cache_size": 0}

wrong = create_async_engine(
    "postgresql+asyncpg://pooler:6432/orders",
    poolclass=NullPool,
    connect_args={"statement_cache_size": 0, "prepared_statement_cache_size": 0, "application_name": "orders"},  # want error "has no argument `application_name`"
)
in_url = create_async_engine(
    "postgresql+asyncpg://pooler:6432/orders?application_name=orders",  # want error "has no argument `application_name`"
    poolclass=NullPool,
    connect_args={"statement_cache_size": 0, "prepared_statement_cache_size": 0},
)
right = create_async_engine(
    "postgresql+asyncpg://pooler:6432/orders",
    poolclass=NullPool,
    connect_args={**UNNAMED, "server_settings": {"application_name": "orders"}},
)
of_libpq = create_engine(
    "postgresql+psycopg2://pooler:6432/orders", poolclass=NullPool, connect_args={"application_name": "orders"}
)


async def open_pool() -> asyncpg.Pool:
    return await asyncpg.create_pool(
        "postgresql://pooler:6432/orders",
        min_size=0,
        statement_cache_size=0,
        application_name="orders",  # want error "has no argument `application_name`"
    )
