from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql://app@pooler:6432/app?application_name=orders", poolclass=NullPool)  # want hint "from SQLAlchemy 2.1 on"
