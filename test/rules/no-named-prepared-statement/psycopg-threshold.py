import psycopg
from psycopg_pool import ConnectionPool
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

URL = "postgresql://app@pooler:6432/app?application_name=orders"

five = psycopg.connect(URL)  # want "`psycopg.connect\(\)` gives each statement that has run 5 times a name"
once = psycopg.connect(  # related "The connection is opened here"
    URL,
    prepare_threshold=1,  # want "gives each statement that has run once a name"
)
all = ConnectionPool(URL, min_size=0, max_size=4, kwargs={"prepare_threshold": 0})  # want "gives every statement a name"
engine = create_engine(  # want "lets psycopg 3 give each statement that has run 5 times a name"
    "postgresql+psycopg://app@pooler:6432/app?application_name=orders", poolclass=NullPool
)
