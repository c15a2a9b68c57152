from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

engine = create_engine(
    "postgresql+psycopg2://pooler:6432/orders?application_name=orders",
    poolclass=NullPool,
    isolation_level="AUTOCOMMIT",
)


def move(order: int) -> None:
    with engine.execution_options(isolation_level="READ COMMITTED").begin() as connection:
        connection.execute(text("update orders set status = 'moved' where id = :id"), {"id": order})
        connection.execute(text("insert into moves (order_id) values (:id)"), {"id": order})


def count() -> int:
    with engine.connect() as connection:
        return connection.execute(text("select count(*) from orders")).scalar()
