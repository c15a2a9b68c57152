from sqlalchemy import create_engine, event

engine = create_engine("postgresql+psycopg2://pooler:6432/orders?application_name=orders", pool_pre_ping=True)  # want no-double-pool "QueuePool"


def vacuum() -> None:
    connection = engine.raw_connection()
    connection.autocommit = True  # want "whoever has this connection next"
    connection.cursor().execute("vacuum orders")
    connection.close()


@event.listens_for(engine, "connect")
def connected(dbapi_connection, record) -> None:
    dbapi_connection.autocommit = True  # want "whoever has this connection next"


def analyze() -> None:
    connection = engine.raw_connection()
    try:
        connection.autocommit = True  # want "whoever has this connection next"
        connection.cursor().execute("analyze orders")
    finally:
        connection.close()
