import psycopg
import psycopg2
from contextlib import closing
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool

from .models import Order

engine = create_engine("postgresql+psycopg2://pooler:6432/orders?application_name=orders", poolclass=NullPool)
SessionLocal = sessionmaker(engine)


def never(order: int) -> Order:
    session = SessionLocal()  # want "`SessionLocal\(\)` gives is never closed"
    return session.scalars(select(Order).where(Order.id == order)).one()


def connection_never() -> int:
    connection = engine.connect()  # want "`engine.connect\(\)` gives is never closed"
    return connection.execute(text("select count(*) from orders")).scalar()


def driver_never() -> None:
    connection = psycopg2.connect("postgresql://pooler:6432/orders?application_name=orders")  # want "`psycopg2.connect\(\)` gives is never closed"
    with connection:
        connection.cursor().execute("delete from orders")


def get_db():
    session = SessionLocal()  # want "never closed"
    yield session


def closed_in_the_end() -> int:
    session = Session(engine)
    count = session.query(Order).count()
    session.close()
    return count


def in_finally() -> int:
    session = SessionLocal()
    try:
        return session.query(Order).count()
    finally:
        session.close()


def in_a_block() -> int:
    with SessionLocal() as session:
        return session.query(Order).count()


def handed_out() -> Session:
    return SessionLocal()


def handed_on(work) -> None:
    session = SessionLocal()
    work(session)


class Repository:
    def __init__(self) -> None:
        self.session = SessionLocal()


def driver_closed() -> None:
    with closing(psycopg2.connect("postgresql://pooler:6432/orders?application_name=orders")) as connection, connection:
        connection.cursor().execute("delete from orders")


def driver_three() -> None:
    with psycopg.connect("postgresql://pooler:6432/orders?application_name=orders", prepare_threshold=None) as connection:
        connection.execute("delete from orders")


def driver_handed_out():
    return psycopg2.connect("postgresql://pooler:6432/orders?application_name=orders")


def on_a_connection_of_somebody_else(connection) -> None:
    session = Session(bind=connection)
    session.add(Order())
    session.flush()


def on_the_connection_of_a_session(outer: Session) -> None:
    session = Session(bind=outer.connection())
    session.add(Order())
    session.flush()
