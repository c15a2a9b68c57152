from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

URL = "postgresql+psycopg2://pooler:6432/orders?application_name=orders"

recycled_late = create_engine(URL, pool_recycle=3600)  # want warning "`pool_recycle=3600` keeps idle connections for 3600 s" want no-double-pool "QueuePool" want require-pre-ping "does not check"
never = create_engine(URL)  # want warning "by default keeps idle connections for ever" want no-double-pool "QueuePool" want require-pre-ping "does not check"
recycled_early = create_engine(URL, pool_recycle=4)  # want no-double-pool "QueuePool" want require-pre-ping "does not check"
# It asks before each use, and keeps nothing.
pings = create_engine(URL, pool_recycle=3600, pool_pre_ping=True)  # want no-double-pool hint "QueuePool"
keeps_nothing = create_engine(URL, poolclass=NullPool)
