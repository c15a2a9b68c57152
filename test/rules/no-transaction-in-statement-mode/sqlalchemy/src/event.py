from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql+psycopg2://pooler:6432/orders?application_name=orders", poolclass=NullPool, isolation_level="AUTOCOMMIT")


@event.listens_for(engine, "connect", insert=True)
def _autocommit(dbapi_connection, record) -> None:
    dbapi_connection.autocommit = True
