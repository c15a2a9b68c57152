import psycopg
from psycopg_pool import ConnectionPool
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

URL = "postgresql://app@pooler:6432/app?application_name=orders"

five = psycopg.connect(URL, prepare_threshold=None)
once = psycopg.connect(
    URL,
    prepare_threshold=None,
)
all = ConnectionPool(URL, min_size=0, max_size=4, kwargs={"prepare_threshold": None})
engine = create_engine(
    "postgresql+psycopg://app@pooler:6432/app?application_name=orders", poolclass=NullPool,
    connect_args={"prepare_threshold": None}
)
