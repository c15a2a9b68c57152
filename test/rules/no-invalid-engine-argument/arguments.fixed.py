from sqlalchemy import NullPool as Null
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool, QueuePool

URL = "postgresql+psycopg2://app@pooler:6432/app?application_name=orders"

sizes = create_engine(URL, poolclass=NullPool)
recycled = create_engine(URL, poolclass=NullPool, pool_recycle=300, pool_pre_ping=True)
typo = create_engine(URL, poolclass=NullPool)
autocommit = create_engine(URL, isolation_level="AUTOCOMMIT", poolclass=NullPool)
level = create_engine(URL, isolation_level="AUTOCOMMIT", poolclass=Null)
creator = create_engine(URL, async_creator=lambda: None, poolclass=NullPool)
queue = create_async_engine("postgresql+psycopg://app@pooler:6432/app?application_name=orders", poolclass=NullPool, connect_args={"prepare_threshold": None}, pool_pre_ping=True)
