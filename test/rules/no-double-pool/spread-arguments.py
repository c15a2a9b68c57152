from sqlalchemy import create_engine

URL = "postgresql+psycopg2://app@pooler:6432/app?application_name=orders"

# `NullPool` would not take the sizes that stand elsewhere: nothing is written for that.
sizes = {"pool_size": 5, "max_overflow": 10, "pool_pre_ping": True}
engine = create_engine(URL, **sizes)  # want hint "keeps idle connections open for ever \(QueuePool\)"
