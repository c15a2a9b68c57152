import time

from app.orders import Carrier


class SlowCarrier(Carrier):
    def announce(self, order: int) -> None:
        time.sleep(1)
