from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

engine = create_engine(
    "postgresql+psycopg2://pooler:6432/orders?application_name=orders",
    poolclass=NullPool,
    isolation_level="AUTOCOMMIT",  # related "set here"
)


def move(order: int) -> None:
    with engine.begin() as connection:  # want "`engine.begin\(\)` holds nothing together"
        connection.execute(text("update orders set status = 'moved' where id = :id"), {"id": order})
        connection.execute(text("insert into moves (order_id) values (:id)"), {"id": order})


def count() -> int:
    with engine.connect() as connection:
        return connection.execute(text("select count(*) from orders")).scalar()
