import os

from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

URL = "postgresql+asyncpg://app@pooler:6432/app"
NAME = {"application_name": "orders"}

# From asyncpg 0.29 on a statement without a cache has no name: one of the two settings is enough.
engine = create_async_engine(URL, poolclass=NullPool, connect_args={"statement_cache_size": 0, "server_settings": NAME})
# The other one alone is not.
reports = create_async_engine(URL, poolclass=NullPool, connect_args={"prepared_statement_cache_size": 0, "server_settings": NAME})  # want error "lets asyncpg give every statement a name"
# The URL is not in sight: asyncpg is the only driver for asyncio that the project has.
jobs = create_async_engine(os.environ["JOBS_URL"], poolclass=NullPool, connect_args={"server_settings": NAME})  # want error "lets asyncpg give every statement a name"
decided = create_async_engine(URL, poolclass=NullPool, connect_args={"statement_cache_size": int(os.environ["CACHE"]), "server_settings": NAME})
