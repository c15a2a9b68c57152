import os
from functools import lru_cache

from celery import shared_task
from fastapi import Depends, FastAPI
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool

app = FastAPI()
URL = "postgresql+psycopg2://pooler:6432/orders?application_name=orders"


@app.get("/orders")
def orders() -> int:  # related "registered as a route handler"
    engine = create_engine(URL, poolclass=NullPool)  # want "is built anew on every call"
    with engine.connect() as connection:
        return connection.execute(text("select count(*) from orders")).scalar()


@shared_task
def clean_up() -> None:  # related "a task that runs for every message"
    engine = create_engine(URL, poolclass=NullPool)  # want "is built anew on every call"
    with Session(engine) as session:
        session.execute(text("delete from orders"))
        session.commit()


def get_db():  # related "a dependency that runs for every request"
    engine = create_engine(URL, poolclass=NullPool)  # want "is built anew on every call"
    session = sessionmaker(engine)()
    try:
        yield session
    finally:
        session.close()


@app.get("/count")
def count(session: Session = Depends(get_db)) -> int:
    return session.execute(text("select count(*) from orders")).scalar()


@app.get("/kept")
def kept() -> int:  # related "registered as a route handler"
    engine = create_engine(URL, pool_pre_ping=True)  # want "opens new connections on every call" want no-double-pool "QueuePool"
    with engine.connect() as connection:
        return connection.execute(text("select count(*) from orders")).scalar()


_engines = {}


@app.get("/registered")
def registered(tenant: str) -> int:
    engine, _ = engine_for(tenant)
    with engine.connect() as connection:
        return connection.execute(text("select count(*) from orders")).scalar()


def engine_for(tenant: str):
    if known := _engines.get(tenant):
        return known
    engine = create_engine(URL, poolclass=NullPool)
    pair = (engine, sessionmaker(engine))
    _engines[tenant] = pair
    return pair


@lru_cache
def get_engine():
    return create_engine(URL, poolclass=NullPool)


_engine = None


def shared_engine():
    global _engine
    if _engine is None:
        _engine = create_engine(URL, poolclass=NullPool)
    return _engine


@app.get("/total")
def total() -> int:
    with get_engine().connect() as connection:
        return connection.execute(text("select count(*) from orders")).scalar()


@app.get("/other")
def other() -> int:
    with shared_engine().connect() as connection:
        return connection.execute(text("select count(*) from orders")).scalar()


@app.get("/disposed")
def disposed() -> int:
    engine = create_engine(URL, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            return connection.execute(text("select count(*) from orders")).scalar()
    finally:
        engine.dispose()


module_engine = create_engine(os.environ.get("ORDERS_URL", URL), poolclass=NullPool)
