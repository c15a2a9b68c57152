"""Reads what was sold and writes what will be."""

import os

import requests
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

from .db import Session

# Keeps connections that it does not check, and leaves the driver to SQLAlchemy, whose 2.1 takes psycopg 3.
history = create_engine(
    "postgresql://forecast@pgbouncer:6432/shop",
    connect_args={"application_name": "shop-history"},
)
# SQLAlchemy 2.0 has no autocommit any more.
History = sessionmaker(history, autocommit=True)


def sold(item: int) -> list[int]:
    with history.connect() as connection:
        rows = connection.execute(text("SELECT amount FROM order_lines WHERE item = :item"), {"item": item})
        return [amount for (amount,) in rows]


def plan(item: int, amount: int) -> None:
    """One transaction, ended by the two `with`."""
    with Session() as session, session.begin():
        session.execute(text("DELETE FROM plans WHERE item = :item"), {"item": item})
        session.execute(text("INSERT INTO plans VALUES (:item, :amount)"), {"item": item, "amount": amount})


def plan_with_weather(item: int) -> None:
    """The transaction stays open while the weather is asked for."""
    with Session.begin() as session:
        session.execute(text("SELECT 1 FROM plans WHERE item = :item FOR UPDATE"), {"item": item})
        rain = requests.get(f"{os.environ['WEATHER_URL']}/rain", timeout=30).json()
        session.execute(text("UPDATE plans SET rain = :rain WHERE item = :item"), {"rain": rain["mm"], "item": item})
