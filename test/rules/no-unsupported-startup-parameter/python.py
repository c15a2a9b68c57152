import asyncpg
import psycopg
import psycopg2
from psycopg_pool import ConnectionPool
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

NAMED = "postgresql+psycopg2://app@pooler:6432/app?application_name=orders"


def plain():
    return psycopg2.connect("postgresql://app@pooler:6432/app?application_name=orders", options="-c search_path=tenant_a")  # want "`options` sends `search_path` at connect"


def keyword():
    return psycopg2.connect(host="pooler", port=6432, dbname="app", application_name="orders", options="-c search_path=tenant_a")  # want "`options` sends `search_path` at connect"


def in_the_text():
    return psycopg2.connect("host=pooler port=6432 dbname=app application_name=orders options='-c search_path=tenant_a'")  # want "sends `search_path` at connect"


def in_the_url():
    return psycopg.connect("postgresql://app@pooler:6432/app?application_name=orders&options=-csearch_path%3Dtenant_a", prepare_threshold=None)  # want "sends `search_path` at connect"


def timezone():
    return psycopg2.connect("postgresql://app@pooler:6432/app?application_name=orders", options="-c timezone=UTC")


engine = create_engine(NAMED, poolclass=NullPool, connect_args={"options": "-c statement_timeout=5000"})  # want "`options` sends `statement_timeout` at connect"
pool = ConnectionPool("postgresql://app@pooler:6432/app?application_name=orders", min_size=0, kwargs={"prepare_threshold": None, "options": "-c search_path=tenant_a"})  # want "`options` sends `search_path` at connect"


async def raw():
    return await asyncpg.connect("postgresql://app@pooler:6432/app", statement_cache_size=0, server_settings={"application_name": "orders", "search_path": "tenant_a", "jit": "off"})  # want "`search_path` is sent at connect" want "`jit` is sent at connect"


aengine = create_async_engine("postgresql+asyncpg://app@pooler:6432/app", poolclass=NullPool, connect_args={"statement_cache_size": 0, "prepared_statement_cache_size": 0, "server_settings": {"application_name": "orders", "jit": "off"}})  # want "`jit` is sent at connect"
fine = create_async_engine("postgresql+asyncpg://app@pooler:6432/app", poolclass=NullPool, connect_args={"statement_cache_size": 0, "prepared_statement_cache_size": 0, "server_settings": {"application_name": "orders", "timezone": "UTC"}})
