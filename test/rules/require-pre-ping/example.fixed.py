from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql+psycopg2://app@pooler:6432/app?application_name=orders", poolclass=NullPool)
