from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql+psycopg2://app@pooler:6432/app?application_name=orders", poolclass=NullPool)
SessionLocal = sessionmaker(engine, autocommit=True)  # want error "SQLAlchemy 2.0 has no `autocommit=True` on a session"
Plain = sessionmaker(engine, autocommit=False)


def read():
    with Session(engine, autocommit=True) as session:  # want error "`ArgumentError`"
        return session.info
