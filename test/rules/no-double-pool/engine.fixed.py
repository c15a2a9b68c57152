import os

from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import QueuePool, StaticPool, NullPool

URL = "postgresql+psycopg2://app@pooler:6432/app?application_name=orders"

plain = create_engine(URL, poolclass=NullPool)
sized = create_engine(URL, pool_pre_ping=True, poolclass=NullPool)
lines = create_engine(
    URL,
    echo=False,
    pool_pre_ping=True,
    poolclass=NullPool,
)
pinged = create_engine(URL, pool_pre_ping=True, poolclass=NullPool)
named = create_engine(URL, poolclass=NullPool, pool_pre_ping=True)
later = create_async_engine(
    "postgresql+asyncpg://app@pooler:6432/app",
    connect_args={
        "statement_cache_size": 0,
        "prepared_statement_cache_size": 0,
        "server_settings": {"application_name": "orders"},
    },
    pool_pre_ping=True,
    poolclass=NullPool,
)

static = create_engine(URL, poolclass=StaticPool)
other = create_engine("mysql://app@db/app")
unknown = create_engine(URL, **os.options)
