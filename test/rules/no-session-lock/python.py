from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql+psycopg2://pooler:6432/orders?application_name=orders", poolclass=NullPool)


def begun() -> None:
    with engine.begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(1)"))


def implicit() -> None:
    # The first statement of a session is in the transaction that it opens.
    with Session(engine) as session:
        session.execute(text("select pg_advisory_xact_lock(1)"))
        session.execute(text("delete from orders"))
        session.commit()


def of_the_session() -> None:
    with engine.connect() as connection:
        connection.execute(text("select pg_advisory_lock(1)"))  # want "pg_advisory_lock"
        connection.commit()
