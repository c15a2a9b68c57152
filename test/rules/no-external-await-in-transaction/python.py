import time

import requests
from redis.asyncio import Redis
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql+psycopg2://app@pooler:6432/app?application_name=orders", poolclass=NullPool)
Session = sessionmaker(engine)


def pay(order: int) -> None:
    with Session.begin() as session:
        session.execute(text("UPDATE orders SET state = 'paid' WHERE id = :id"), {"id": order})
        requests.post("http://payments/charges", json={"order": order}, timeout=30)  # want warning "`requests.post\(\)` waits for the network"
        time.sleep(1)  # want warning "`time.sleep\(\)` waits for a timer"


def ship(order: int) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE orders SET state = 'shipped' WHERE id = :id"), {"id": order})
        announce(order)


def announce(order: int) -> None:
    requests.post("http://warehouse/parcels", json={"order": order}, timeout=30)  # want warning "`requests.post\(\)` waits for the network"


def refund(order: int) -> None:
    requests.post("http://payments/refunds", json={"order": order}, timeout=30)
    with Session.begin() as session:
        session.execute(text("UPDATE orders SET state = 'open' WHERE id = :id"), {"id": order})


redis = Redis()


async def count(order: int) -> None:
    with Session.begin() as session:
        session.execute(text("UPDATE orders SET seen = seen + 1 WHERE id = :id"), {"id": order})
        async with redis.pipeline() as pipe:
            pipe.incr(f"orders:{order}")
            await pipe.execute()  # want warning "`pipe.execute\(\)` waits for a cache"
