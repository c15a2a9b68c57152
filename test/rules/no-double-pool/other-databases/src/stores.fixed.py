from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool


class PostgresStore:
    def __init__(self, url: str) -> None:
        self.engine = create_engine(url, pool_pre_ping=True, connect_args={"application_name": "orders"}, poolclass=NullPool)


class SqliteStore:
    def __init__(self, url: str) -> None:
        self.engine = create_engine(url)


def open_mysql(url: str):
    return create_engine(url)
