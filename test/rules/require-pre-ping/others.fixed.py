from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool, StaticPool

URL = "postgresql+psycopg2://app@pooler:6432/app?application_name=orders"

off = create_engine(URL, pool_pre_ping=False, poolclass=NullPool)
on = create_engine(URL, pool_pre_ping=True, poolclass=NullPool)
null = create_engine(URL, poolclass=NullPool)
static = create_engine(URL, poolclass=StaticPool)


def chosen(ping: bool):
    return create_engine(URL, pool_pre_ping=ping, poolclass=NullPool)
