from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql+psycopg2://pooler:6432/orders?application_name=orders", poolclass=NullPool)


# A session may be closed twice, and opens a new transaction when it is used again.
def closed_twice() -> None:
    session = Session(engine)
    session.execute(text("delete from orders"))
    session.close()
    session.execute(text("delete from moves"))
    session.close()
    session.close()
