"""One connection of a driver, without a library above it, and each statement a transaction of its own."""

import os

url = os.environ["DATABASE_URL"]
connection = None
driver = None


def open(name, options):
    """Connects with psycopg2 or psycopg."""
    global connection
    module = __import__(name)
    connection = module.connect(url, **options)
    connection.autocommit = True


def ask(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def begin_and_ask(statement):
    """Leaves the transaction open, as code does that goes on in it."""
    connection.autocommit = False
    return ask(statement)


def commit():
    connection.commit()
    connection.autocommit = True


async def open_asyncpg(options, parameters=""):
    global connection
    import asyncpg

    connection = await asyncpg.connect(url + parameters, **options)


async def fetch(statement):
    return await connection.fetchval(statement)
