"""What runs on Sundays."""

import os
from contextlib import closing

import psycopg2
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

URL = "postgresql+psycopg2://forecast@pgbouncer:6432/shop?application_name=shop-upkeep"
kept = create_engine(URL, pool_size=1, max_overflow=0, pool_recycle=30, pool_pre_ping=True)
reading = create_engine(URL, poolclass=NullPool, isolation_level="AUTOCOMMIT")


def analyze() -> None:
    """The next one who has the connection commits every statement, whatever SQLAlchemy believes."""
    connection = kept.raw_connection()
    connection.autocommit = True
    connection.cursor().execute("ANALYZE plans")
    connection.close()


def forget(item: int) -> None:
    """Looks like a transaction, and commits piece by piece."""
    with reading.begin() as connection:
        connection.execute(text("DELETE FROM plans WHERE item = :item"), {"item": item})
        connection.execute(text("DELETE FROM plan_notes WHERE item = :item"), {"item": item})


def plans() -> int:
    """psycopg2's `with` ends the transaction and leaves the connection open."""
    with psycopg2.connect(os.environ["FORECAST_URL"], application_name="shop-upkeep") as connection:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM plans")
            return cursor.fetchone()[0]


def notes() -> int:
    """`closing` closes it."""
    with closing(psycopg2.connect(os.environ["FORECAST_URL"], application_name="shop-upkeep")) as connection:
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM plan_notes")
            return cursor.fetchone()[0]
