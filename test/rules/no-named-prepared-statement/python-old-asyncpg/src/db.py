from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

URL = "postgresql+asyncpg://app@pooler:6432/app"
NAME = {"application_name": "orders"}

# Before asyncpg 0.29 what SQLAlchemy prepares has a name, whatever the caches are.
both = create_async_engine(URL, poolclass=NullPool, connect_args={"statement_cache_size": 0, "prepared_statement_cache_size": 0, "server_settings": NAME})  # want warning "asyncpg 0.27.0, which the project allows, gives every statement a name even with its caches off \(0.29 does not\)"
default = create_async_engine(URL, poolclass=NullPool, connect_args={"server_settings": NAME})  # want warning "asyncpg 0.27.0"
