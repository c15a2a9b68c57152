"""psycopg_pool, with the pool and the options that a proof names."""

import os

from psycopg_pool import ConnectionPool, NullConnectionPool

pools = {"ConnectionPool": ConnectionPool, "NullConnectionPool": NullConnectionPool}
pool = None


def open(kind, options):
    global pool
    pool = pools[kind](os.environ["DATABASE_URL"], kwargs={"prepare_threshold": None}, **options)
    pool.wait()


def ask_at_once(count):
    """Takes so many connections, asks on each, and gives all of them back."""
    connections = [pool.getconn() for _ in range(count)]
    for connection in connections:
        connection.execute("select 1")
        connection.commit()
    for connection in connections:
        pool.putconn(connection)
