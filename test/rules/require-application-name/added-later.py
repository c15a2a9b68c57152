from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool


def connect(name: str | None):
    arguments = {"connect_timeout": 5}
    if name is not None:
        arguments["application_name"] = name
    return create_engine("postgresql+psycopg2://pooler:6432/orders", poolclass=NullPool, connect_args=arguments)


def unnamed():
    arguments = {"connect_timeout": 5}
    arguments["keepalives"] = 1
    return create_engine("postgresql+psycopg2://pooler:6432/orders", poolclass=NullPool, connect_args=arguments)  # want "sets no `application_name`"
