from psycopg2 import errors
from psycopg2.errors import AdminShutdown, CrashShutdown
from psycopg2.pool import ThreadedConnectionPool

pool = ThreadedConnectionPool(0, 4, "postgresql://app@pooler:6432/app?application_name=orders")


def count() -> int:
    connection = pool.getconn()  # want "`pool.getconn\(\)` is not released"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM orders")
        rows = cursor.fetchone()
    connection.rollback()
    pool.putconn(connection)
    return rows[0]


def ended_by_the_server(order: int) -> None:
    connection = pool.getconn()
    try:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM orders WHERE id = %s", (order,))
    except errors.AdminShutdown:
        raise
    except Exception:
        connection.rollback()
        pool.putconn(connection)
        raise
    else:
        connection.commit()
        pool.putconn(connection)


def ended_in_one_of_two_ways(order: int) -> None:
    connection = pool.getconn()
    try:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM orders WHERE id = %s", (order,))
    except (AdminShutdown, CrashShutdown):
        return
    except Exception:
        connection.rollback()
        pool.putconn(connection)
        raise
    connection.commit()
    pool.putconn(connection)


def perhaps_ended(order: int) -> None:
    connection = pool.getconn()  # want "`pool.getconn\(\)` is not released"
    try:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM orders WHERE id = %s", (order,))
    except (AdminShutdown, errors.LockNotAvailable):
        raise
    except Exception:
        connection.rollback()
        pool.putconn(connection)
        raise
    connection.commit()
    pool.putconn(connection)
