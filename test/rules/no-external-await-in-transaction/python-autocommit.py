import contextlib

import psycopg2
import requests

DSN = "postgresql://app@pooler:6432/app?application_name=orders"


def committing(callback):
    connection = psycopg2.connect(DSN)
    connection.autocommit = True
    try:
        return callback(connection)
    finally:
        connection.close()


def holding(callback):
    connection = psycopg2.connect(DSN)
    try:
        callback(connection)
        connection.commit()
    finally:
        connection.close()


def vacuumed(callback):
    connection = psycopg2.connect(DSN)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM orders")
    connection.autocommit = False
    try:
        callback(connection)
        connection.commit()
    finally:
        connection.close()


def announce(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM orders")
    requests.post("http://warehouse/orders", timeout=30)


def announce_all():
    committing(announce)


def announce_one():
    def run(connection):
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM orders LIMIT 1")
        requests.post("http://warehouse/orders", timeout=30)

    committing(run)


def announce_held():
    def run(connection):
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM orders LIMIT 1")
        requests.post("http://warehouse/orders", timeout=30)  # want warning "`requests.post\(\)` waits for the network"

    holding(run)


def announce_after_vacuum():
    def run(connection):
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM orders LIMIT 1")
        requests.post("http://warehouse/orders", timeout=30)  # want warning "`requests.post\(\)` waits for the network"

    vacuumed(run)


@contextlib.contextmanager
def connected():
    connection = psycopg2.connect(DSN)
    connection.autocommit = True
    try:
        yield connection
    finally:
        connection.close()


def announce_in_a_block():
    with connected() as connection:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM orders")
        requests.post("http://warehouse/orders", timeout=30)


def opened():
    return psycopg2.connect(DSN)


def announce_elsewhere():
    connection = opened()
    connection.autocommit = True
    announce_with(connection)
    connection.close()


def announce_with(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM orders")
    requests.post("http://warehouse/orders", timeout=30)
