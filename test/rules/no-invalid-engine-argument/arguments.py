from sqlalchemy import NullPool as Null
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool, QueuePool

URL = "postgresql+psycopg2://app@pooler:6432/app?application_name=orders"

sizes = create_engine(URL, poolclass=NullPool, pool_size=5, max_overflow=10)  # want "`NullPool` keeps no connections and takes no `pool_size`, `max_overflow`"
recycled = create_engine(URL, poolclass=NullPool, pool_recycle=300, pool_pre_ping=True)
typo = create_engine(URL, pool_class=NullPool)  # want "has no argument `pool_class`"
autocommit = create_engine(URL, autocommit=True, poolclass=NullPool)  # want "has no argument `autocommit`"
level = create_engine(URL, isolation_level="AUTOCOMMIT", poolclass=Null)
creator = create_engine(URL, async_creator=lambda: None, poolclass=NullPool)  # want "has no argument `async_creator`"
queue = create_async_engine("postgresql+psycopg://app@pooler:6432/app?application_name=orders", poolclass=QueuePool, connect_args={"prepare_threshold": None})  # want "`QueuePool` cannot be used" want no-double-pool "QueuePool" want require-pre-ping "check"
