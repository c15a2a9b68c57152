from psycopg_pool import AsyncConnectionPool, ConnectionPool

URL = "postgresql://app@pooler:6432/app?application_name=orders"

closed = AsyncConnectionPool(URL, open=False, min_size=0, max_size=4, kwargs={"prepare_threshold": None})
blocking = ConnectionPool(URL, min_size=0, max_size=4, kwargs={"prepare_threshold": None})
told = AsyncConnectionPool(URL, open=True, min_size=0, max_size=4, kwargs={"prepare_threshold": None})  # want "opens itself"


async def lifespan():
    async with AsyncConnectionPool(URL, min_size=0, max_size=4, kwargs={"prepare_threshold": None}) as pool:
        yield pool
