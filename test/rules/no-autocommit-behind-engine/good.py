from sqlalchemy import create_engine, event, text
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql+psycopg2://pooler:6432/orders?application_name=orders", poolclass=NullPool)
pooled = create_engine("postgresql+psycopg2://pooler:6432/orders?application_name=orders", pool_pre_ping=True)  # want no-double-pool "QueuePool"


def closed_after_use() -> None:
    connection = engine.raw_connection()
    connection.autocommit = True
    connection.cursor().execute("vacuum orders")
    connection.close()


def taken_back() -> None:
    connection = pooled.raw_connection()
    connection.autocommit = True
    connection.cursor().execute("vacuum orders")
    connection.autocommit = False
    connection.close()


def asked_for() -> None:
    with pooled.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum orders"))


@event.listens_for(pooled, "connect")
def connected(dbapi_connection, record) -> None:
    before = dbapi_connection.autocommit
    dbapi_connection.autocommit = True
    dbapi_connection.cursor().execute("set application_name = 'orders'")
    dbapi_connection.autocommit = before
