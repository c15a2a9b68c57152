from sqlalchemy import create_engine

engine = create_engine(
    "postgresql+psycopg2://app@pooler:6432/app?application_name=orders",
    poolclass="sqlalchemy.pool.NullPool",  # want "`poolclass` takes a class: with the text \"sqlalchemy.pool.NullPool\" the engine fails"
)
