import os

from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import QueuePool, StaticPool

URL = "postgresql+psycopg2://app@pooler:6432/app?application_name=orders"

plain = create_engine(URL)  # want information "`create_engine\(\)` keeps idle connections open for ever \(QueuePool\)" want require-pre-ping "check"
sized = create_engine(URL, pool_size=5, max_overflow=10)  # want information "QueuePool" want require-pre-ping "check"
lines = create_engine(  # want information "QueuePool" want require-pre-ping "check"
    URL,
    echo=False,
    pool_size=5,
)
pinged = create_engine(URL, pool_pre_ping=True)  # want hint "QueuePool"
named = create_engine(URL, poolclass=QueuePool)  # want information "QueuePool" want require-pre-ping "check"
later = create_async_engine(  # want information "QueuePool" want require-pre-ping "check"
    "postgresql+asyncpg://app@pooler:6432/app",
    connect_args={
        "statement_cache_size": 0,
        "prepared_statement_cache_size": 0,
        "server_settings": {"application_name": "orders"},
    },
)

static = create_engine(URL, poolclass=StaticPool)
other = create_engine("mysql://app@db/app")
unknown = create_engine(URL, **os.options)
