import aiohttp
import redis
import requests
from redis.asyncio import Redis
from smtplib import SMTP
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql+psycopg2://app@pooler:6432/app?application_name=orders", poolclass=NullPool)
Session = sessionmaker(engine)
cache = redis.Redis()


def token() -> dict:
    return requests.post("http://identity/token", timeout=30).json()


def fetch() -> requests.Response:
    return requests.get("http://identity/keys", timeout=30)


def pay(order: int) -> str:
    # What was fetched before is there: to look into it waits for nothing.
    answer = token()
    keys = fetch()
    with Session.begin() as session:
        session.execute(text("UPDATE orders SET state = 'paid' WHERE id = :id"), {"id": order})
        if keys.headers.get("x-key") or keys.json().get("key"):
            return name(answer)
        return answer.get("access_token")


def name(answer: dict) -> str:
    return answer.get("name").lower()


def declared(order: int, answer: requests.Response) -> str:
    headers = answer.headers
    with Session.begin() as session:
        session.execute(text("UPDATE orders SET seen = seen + 1 WHERE id = :id"), {"id": order})
        return headers.get("server").lower()


def cached(order: int) -> str:
    raw = cache.get(f"orders:{order}")
    with Session.begin() as session:
        session.execute(text("UPDATE orders SET seen = seen + 1 WHERE id = :id"), {"id": order})
        return raw.decode().strip()


def locked(order: int):
    with Session.begin() as session:
        session.execute(text("UPDATE orders SET seen = seen + 1 WHERE id = :id"), {"id": order})
        # A lock is made here, and taken by whoever gets it.
        return cache.lock(f"orders:{order}", timeout=5)


def mail(order: int) -> None:
    smtp = SMTP("mail")
    with Session.begin() as session:
        session.execute(text("UPDATE orders SET seen = seen + 1 WHERE id = :id"), {"id": order})
        smtp.sendmail("shop", "you", "paid")  # want warning "`smtp.sendmail\(\)` waits for the network"


async def body(order: int) -> None:
    async with aiohttp.ClientSession() as client:
        async with client.get("http://warehouse/parcels") as response:
            with Session.begin() as session:
                session.execute(text("UPDATE orders SET seen = seen + 1 WHERE id = :id"), {"id": order})
                # The body of an answer is still on its way.
                found = await response.json()  # want warning "`response.json\(\)` waits for the network"
                found.get("id")


async def slow(order: int, later: Redis) -> None:
    with Session.begin() as session:
        session.execute(text("UPDATE orders SET seen = seen + 1 WHERE id = :id"), {"id": order})
        (await later.get(f"orders:{order}")).decode()  # want warning "`later.get\(\)` waits for a cache"
