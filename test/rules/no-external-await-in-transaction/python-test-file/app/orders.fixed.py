from abc import ABC, abstractmethod

import requests
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql+psycopg2://app@pooler:6432/app?application_name=orders", poolclass=NullPool)


class Carrier(ABC):
    @abstractmethod
    def announce(self, order: int) -> None: ...


def newest(session: Session) -> int:
    return session.execute(text("SELECT max(id) FROM orders")).scalar()


def ship(order: int, carrier: Carrier) -> None:
    with Session(engine) as session:
        carrier.announce(order)
        session.execute(text("UPDATE orders SET state = 'shipped' WHERE id = :id"), {"id": order})
        session.commit()


class Slow(Carrier):
    def announce(self, order: int) -> None:
        charge(order)


def charge(order: int) -> None:
    requests.post("http://payments/charges", json={"order": order}, timeout=30)
