from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

URL = "postgresql+psycopg2://app@127.0.0.1:6432/orders?application_name=orders"

# Both open as many as are asked for: no size to add.
orders = create_engine(URL, poolclass=NullPool)
reports = create_engine(URL, poolclass=NullPool)
