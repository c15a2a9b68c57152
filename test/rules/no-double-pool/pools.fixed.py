from psycopg2.pool import ThreadedConnectionPool
from psycopg_pool import ConnectionPool

threads = ThreadedConnectionPool(2, 5, "", application_name="shop")
pool = ConnectionPool("", min_size=0, open=True, kwargs={"application_name": "shop", "prepare_threshold": None}, max_size=4)
none = ThreadedConnectionPool(0, 5, "", application_name="shop")
few = ConnectionPool("", min_size=0, max_size=1, open=True, kwargs={"application_name": "shop", "prepare_threshold": None})
