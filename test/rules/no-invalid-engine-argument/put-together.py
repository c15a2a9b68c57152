import os

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

URL = "postgresql+psycopg2://app@pooler:6432/app?application_name=orders"


def branches():
    arguments = {"pool_pre_ping": True}
    if os.environ.get("KEEP_NOTHING"):
        arguments["poolclass"] = NullPool
    else:
        arguments["pool_size"] = 5
        arguments["max_overflow"], arguments["pool_timeout"] = 10, 3
    return create_engine(URL, **arguments)


def in_part():
    arguments = {"pool_size": 5, "poolclass": NullPool}
    if "pool_size" in arguments:
        del arguments["pool_size"]
    return create_engine(URL, **arguments)


def together():
    arguments = {"poolclass": NullPool, "pool_size": 5, "max_overflow": 10}  # want "`NullPool` keeps no connections and takes no `pool_size`, `max_overflow`"
    return create_engine(URL, **arguments)
