import time

from app.orders import Carrier, charge


class SlowCarrier(Carrier):
    def announce(self, order: int) -> None:
        charge(order)
        time.sleep(1)
