from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

cache = create_async_engine("postgresql+asyncpg://app@pooler:6432/app", poolclass=NullPool, connect_args={"prepared_statement_cache_size": 0, "server_settings": {"application_name": "orders"}, "statement_cache_size": 0})
threshold = create_engine("postgresql+psycopg://app@pooler:6432/app?application_name=orders", poolclass=NullPool, connect_args={"prepare_threshold": None})
pool = create_engine("postgresql+psycopg2://app@pooler:6432/app?poolclass=NullPool&application_name=orders")
