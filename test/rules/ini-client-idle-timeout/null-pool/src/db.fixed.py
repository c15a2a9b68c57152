from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

URL = "postgresql+psycopg2://app@127.0.0.1:6432/orders?application_name=orders"

# No connection stays idle.
orders = create_engine(URL, poolclass=NullPool)
# None is kept as long.
recycled = create_engine(URL, pool_recycle=10, pool_pre_ping=True, poolclass=NullPool)
