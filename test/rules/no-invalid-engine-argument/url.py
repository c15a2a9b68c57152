from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

cache = create_async_engine("postgresql+asyncpg://app@pooler:6432/app?statement_cache_size=0", poolclass=NullPool, connect_args={"prepared_statement_cache_size": 0, "server_settings": {"application_name": "orders"}})  # want "`statement_cache_size` in the URL stays text"
threshold = create_engine("postgresql+psycopg://app@pooler:6432/app?application_name=orders&prepare_threshold=None", poolclass=NullPool)  # want "`prepare_threshold` in the URL stays text"
pool = create_engine("postgresql+psycopg2://app@pooler:6432/app?poolclass=NullPool&application_name=orders")  # want "`poolclass` in the URL"
