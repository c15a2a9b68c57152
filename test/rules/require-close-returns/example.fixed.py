from psycopg_pool import ConnectionPool
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

pool = ConnectionPool(
    "postgresql://app@pooler:6432/app?application_name=orders",
    min_size=0,
    max_size=4,
    kwargs={"prepare_threshold": None},
    close_returns=True,
)
engine = create_engine("postgresql+psycopg://", creator=pool.getconn, poolclass=NullPool)
