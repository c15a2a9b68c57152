"""How the forecasts reach the database."""

import os

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import NullPool

URL = os.environ["FORECAST_URL"].replace("postgresql://", "postgresql+psycopg://")

# Right behind PgBouncer: no pool of its own, a name, and no statements that one server connection alone knows.
engine = create_engine(
    URL,
    poolclass=NullPool,
    connect_args={"application_name": "shop-forecast", "prepare_threshold": None},
)
Session = sessionmaker(engine)
