"""SQLAlchemy's engine with the pool and the options that a proof names."""

import os

from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool, QueuePool

url = os.environ["DATABASE_URL"]
pools = {"NullPool": NullPool, "QueuePool": QueuePool}
engine = None
session = None


def open(pool, options, parameters=""):
    """Makes the engine. `pool` None: SQLAlchemy's own; a name that is none of the pools is given as it is, a string."""
    global engine
    named = {} if pool is None else {"poolclass": pools.get(pool, pool)}
    engine = create_engine(url + parameters, **named, **options)


def ask(statement):
    with engine.connect() as connection:
        return connection.execute(text(statement)).scalar()


def ask_at_once(count):
    """Takes so many connections, asks on each, and gives all of them back."""
    connections = [engine.connect() for _ in range(count)]
    for connection in connections:
        connection.execute(text("select 1"))
    for connection in connections:
        connection.close()


def read_in_session():
    """A session that has only read, and is still open."""
    global session
    session = Session(engine)
    return session.execute(text("select count(*) from orders")).scalar()


def commit_session():
    session.commit()


def read_again():
    return session.execute(text("select count(*) from orders")).scalar()


def rollback_session():
    session.rollback()
