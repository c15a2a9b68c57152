import oracledb
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

pool = oracledb.create_pool(user="app", dsn="db/orders", min=1, max=4)
twice = create_engine("oracle+oracledb://", creator=pool.acquire)  # want warning "keeps a pool of its own on top of the one"
once = create_engine("oracle+oracledb://", creator=pool.acquire, poolclass=NullPool)
own = create_engine("oracle+oracledb://app@db/orders")
