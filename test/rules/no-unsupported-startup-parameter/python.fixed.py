import asyncpg
import psycopg
import psycopg2
from psycopg_pool import ConnectionPool
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

NAMED = "postgresql+psycopg2://app@pooler:6432/app?application_name=orders"


def plain():
    # Set once in the database: ALTER ROLE CURRENT_USER SET search_path = tenant_a;
    return psycopg2.connect("postgresql://app@pooler:6432/app?application_name=orders")


def keyword():
    # Set once in the database: ALTER ROLE CURRENT_USER SET search_path = tenant_a;
    return psycopg2.connect(host="pooler", port=6432, dbname="app", application_name="orders")


def in_the_text():
    return psycopg2.connect("host=pooler port=6432 dbname=app application_name=orders options='-c search_path=tenant_a'")


def in_the_url():
    # Set once in the database: ALTER ROLE CURRENT_USER SET search_path = tenant_a;
    return psycopg.connect("postgresql://app@pooler:6432/app?application_name=orders", prepare_threshold=None)


def timezone():
    return psycopg2.connect("postgresql://app@pooler:6432/app?application_name=orders", options="-c timezone=UTC")


# Set once in the database: ALTER ROLE CURRENT_USER SET statement_timeout = '5000';
engine = create_engine(NAMED, poolclass=NullPool, connect_args={})
# Set once in the database: ALTER ROLE CURRENT_USER SET search_path = tenant_a;
pool = ConnectionPool("postgresql://app@pooler:6432/app?application_name=orders", min_size=0, kwargs={"prepare_threshold": None})


async def raw():
    # Set once in the database: ALTER ROLE CURRENT_USER SET search_path = tenant_a;
    # Set once in the database: ALTER ROLE CURRENT_USER SET jit = 'off';
    return await asyncpg.connect("postgresql://app@pooler:6432/app", statement_cache_size=0, server_settings={"application_name": "orders"})


# Set once in the database: ALTER ROLE CURRENT_USER SET jit = 'off';
aengine = create_async_engine("postgresql+asyncpg://app@pooler:6432/app", poolclass=NullPool, connect_args={"statement_cache_size": 0, "prepared_statement_cache_size": 0, "server_settings": {"application_name": "orders"}})
fine = create_async_engine("postgresql+asyncpg://app@pooler:6432/app", poolclass=NullPool, connect_args={"statement_cache_size": 0, "prepared_statement_cache_size": 0, "server_settings": {"application_name": "orders", "timezone": "UTC"}})
