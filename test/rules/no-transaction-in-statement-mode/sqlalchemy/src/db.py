from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql+psycopg2://pooler:6432/orders?application_name=orders", poolclass=NullPool, isolation_level="AUTOCOMMIT")  # want "when it first connects"
