from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql+psycopg2://pooler:6432/orders?application_name=orders", pool_pre_ping=True, poolclass=NullPool)


def vacuum() -> None:
    connection = engine.raw_connection()
    connection.autocommit = True
    connection.cursor().execute("vacuum orders")
    connection.autocommit = False
    connection.close()


@event.listens_for(engine, "connect")
def connected(dbapi_connection, record) -> None:
    dbapi_connection.autocommit = True


def analyze() -> None:
    connection = engine.raw_connection()
    try:
        connection.autocommit = True
        connection.cursor().execute("analyze orders")
    finally:
        connection.autocommit = False
        connection.close()
