from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

reads = create_engine("postgresql+psycopg2://pooler:6432/orders?application_name=orders", poolclass=NullPool, isolation_level="AUTOCOMMIT")
writes = create_engine("postgresql+psycopg2://pooler:6432/orders?application_name=orders", poolclass=NullPool)


def count() -> int:
    with reads.connect() as connection:
        return connection.execute(text("select count(*) from orders")).scalar()


def move(order: int) -> None:
    with writes.begin() as connection:
        connection.execute(text("update orders set status = 'moved' where id = :id"), {"id": order})
