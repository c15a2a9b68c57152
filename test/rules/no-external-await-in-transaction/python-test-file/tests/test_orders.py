import httpx
from app.orders import engine, newest, ship
from sqlalchemy.orm import Session

from .slow_carrier import SlowCarrier


def test_ship() -> None:
    with Session(engine) as session:
        order = newest(session)
        ship(order, SlowCarrier())
        assert httpx.get(f"http://localhost/orders/{order}").status_code == 200
