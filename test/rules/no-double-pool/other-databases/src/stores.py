from sqlalchemy import create_engine


class PostgresStore:
    def __init__(self, url: str) -> None:
        self.engine = create_engine(url, pool_pre_ping=True, connect_args={"application_name": "orders"})  # want "QueuePool"


class SqliteStore:
    def __init__(self, url: str) -> None:
        self.engine = create_engine(url)


def open_mysql(url: str):
    return create_engine(url)
