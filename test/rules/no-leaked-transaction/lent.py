from contextlib import asynccontextmanager, contextmanager

import psycopg
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql+psycopg2://app@pooler:6432/app?application_name=orders", poolclass=NullPool)


@contextmanager
def catalog():
    session = Session(bind=engine)
    try:
        yield session
    finally:
        close(session)


def sessions():
    with Session(engine) as session:
        yield session


def close(session: Session) -> None:
    try:
        session.close()
    except DBAPIError:
        print("closed already")


# The manager closes the session, and with it ends what was begun.
def remove(order: int) -> None:
    with catalog() as session:
        session.begin()
        try:
            if session.execute(text("delete from orders where id = :id returning id"), {"id": order}).first():
                session.commit()
        except DBAPIError:
            session.rollback()
            raise


def remove_again(order: int) -> None:
    for session in sessions():
        session.begin()
        if session.execute(text("delete from orders where id = :id returning id"), {"id": order}).first():
            session.commit()


@asynccontextmanager
async def direct(url: str):
    connection = await psycopg.AsyncConnection.connect(url, autocommit=True, prepare_threshold=None)
    try:
        yield connection
    finally:
        await connection.close()


async def remove_directly(order: int) -> None:
    async with direct("postgresql://app@pooler:6432/app?application_name=orders") as connection:
        await connection.execute("BEGIN")
        await connection.execute("delete from orders where id = %s", (order,))


def made() -> Session:
    return Session(engine)


def never_ends(order: int) -> None:
    session = made()  # want no-unclosed-session "`made\(\)` gives is never closed"
    session.begin()  # want "`session.begin\(\)` has no COMMIT or ROLLBACK"
    session.execute(text("delete from orders where id = :id"), {"id": order})
