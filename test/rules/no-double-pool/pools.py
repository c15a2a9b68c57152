from psycopg2.pool import ThreadedConnectionPool
from psycopg_pool import ConnectionPool

threads = ThreadedConnectionPool(2, 5, "", application_name="shop")  # want "`ThreadedConnectionPool\(\)` keeps 2 connections open for ever"
pool = ConnectionPool("", min_size=3, open=True, kwargs={"application_name": "shop", "prepare_threshold": None})  # want "`min_size=3` keeps 3 connections open for ever"
none = ThreadedConnectionPool(0, 5, "", application_name="shop")
few = ConnectionPool("", min_size=1, max_size=1, open=True, kwargs={"application_name": "shop", "prepare_threshold": None})  # want "`min_size=1` keeps 1 connection open for ever"
