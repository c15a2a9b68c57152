from sqlalchemy import create_engine

engine = create_engine("postgresql+psycopg2://app@pooler:6432/app?application_name=orders")  # want "`create_engine\(\)` keeps connections and does not check them" want no-double-pool "QueuePool"
