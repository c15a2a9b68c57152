from psycopg_pool import ConnectionPool


def open_store(url: str, config: dict):
    # The application says what it keeps; its tests keep one.
    return ConnectionPool(url, **config)
