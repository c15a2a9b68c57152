from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

URL = "postgresql+psycopg2://pooler:6432/orders?application_name=orders"

recycled_late = create_engine(URL, pool_recycle=3600, poolclass=NullPool)
never = create_engine(URL, poolclass=NullPool)
recycled_early = create_engine(URL, pool_recycle=4, poolclass=NullPool)
# It asks before each use, and keeps nothing.
pings = create_engine(URL, pool_recycle=3600, pool_pre_ping=True, poolclass=NullPool)
keeps_nothing = create_engine(URL, poolclass=NullPool)
