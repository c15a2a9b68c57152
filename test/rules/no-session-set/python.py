import psycopg2
from contextlib import closing
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

URL = "postgresql://pooler:6432/orders?application_name=orders"
engine = create_engine("postgresql+psycopg2://pooler:6432/orders?application_name=orders", poolclass=NullPool)
reads = create_engine("postgresql+psycopg2://pooler:6432/orders?application_name=orders", poolclass=NullPool, isolation_level="AUTOCOMMIT")


def characteristics() -> None:
    with closing(psycopg2.connect(URL)) as connection:
        connection.set_session(readonly=True, autocommit=True)  # want "`readonly` together with `autocommit=True`"
        connection.cursor().execute("select 1")


def characteristics_of_each_transaction() -> None:
    with closing(psycopg2.connect(URL)) as connection:
        connection.set_session(readonly=True)
        connection.cursor().execute("select 1")


def never_committed() -> int:
    # SQLAlchemy rolls back, and the setting with it.
    with engine.connect() as connection:
        connection.execute(text("set search_path to tenant"))
        return connection.execute(text("select count(*) from orders")).scalar()


def committed() -> None:
    with engine.connect() as connection:
        connection.execute(text("set search_path to tenant"))  # want "outlives its transaction"
        connection.execute(text("delete from orders"))
        connection.commit()


def begun() -> None:
    with engine.begin() as connection:  # related "begins here"
        connection.execute(text("set search_path to tenant"))  # want "outlives its transaction"


def local() -> None:
    with Session(engine) as session:
        session.execute(text("set local search_path to tenant"))
        session.execute(text("delete from orders"))
        session.commit()


def each_statement_commits() -> None:
    with reads.connect() as connection:
        connection.execute(text("set search_path to tenant"))  # want "stays on the server connection"


def driver_in_autocommit() -> None:
    with closing(psycopg2.connect(URL)) as connection:
        connection.autocommit = True
        connection.cursor().execute("set search_path to tenant")  # want "stays on the server connection"


def given(session: Session) -> None:
    session.execute(text("set search_path to tenant"))  # want "outlives its transaction once that is committed"
