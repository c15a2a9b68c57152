from contextlib import ContextDecorator, asynccontextmanager, contextmanager

import asyncpg
import requests
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql+psycopg2://app@pooler:6432/app?application_name=orders", poolclass=NullPool)
Session = sessionmaker(engine)


@contextmanager
def transaction():
    with Session.begin() as session:
        yield session


class Transaction(ContextDecorator):
    def __enter__(self):
        self.session = Session()
        self.session.begin()
        return self.session

    def __exit__(self, kind, error, trace):
        if error is None:
            self.session.commit()
        else:
            self.session.rollback()
        self.session.close()


class Counted:
    def __enter__(self):
        self.session = Session()
        self.session.begin()
        return self.session

    def __exit__(self, kind, error, trace):
        self.session.commit()
        self.session.close()

    def __call__(self, function):
        return function


@transaction()  # related "The transaction begins here"
def pay() -> None:
    requests.post("http://payments/charges", timeout=30)  # want warning "`requests.post\(\)` waits for the network"


@Transaction()
def ship() -> None:
    announce()


def announce() -> None:
    requests.post("http://warehouse/parcels", timeout=30)  # want warning "`requests.post\(\)` waits for the network"


# Only what makes a coroutine or a generator is in the transaction.
@transaction()
async def pay_later() -> None:
    requests.post("http://payments/charges", timeout=30)


@transaction()
def pay_all():
    yield 1
    requests.post("http://payments/charges", timeout=30)


@Counted()
def count() -> None:
    requests.post("http://payments/charges", timeout=30)


@asynccontextmanager
async def unit(pool: asyncpg.Pool):
    async with pool.acquire() as connection:
        async with connection.transaction():
            yield connection


def service(pool: asyncpg.Pool):
    @unit(pool)
    async def refund() -> None:
        requests.post("http://payments/refunds", timeout=30)  # want warning "`requests.post\(\)` waits for the network"

    return refund
