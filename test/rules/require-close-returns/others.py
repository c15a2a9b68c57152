from psycopg_pool import ConnectionPool
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

URL = "postgresql://app@pooler:6432/app?application_name=orders"

returning = ConnectionPool(URL, min_size=0, max_size=4, close_returns=True, kwargs={"prepare_threshold": None})
lent = create_engine("postgresql+psycopg://", creator=returning.getconn, poolclass=NullPool)
alone = ConnectionPool(URL, min_size=0, max_size=4, kwargs={"prepare_threshold": None})
