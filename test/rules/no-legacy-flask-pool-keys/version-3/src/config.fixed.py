class Config:
    SQLALCHEMY_DATABASE_URI = "postgresql://pooler:6432/orders?application_name=orders"
    SQLALCHEMY_ENGINE_OPTIONS = {"pool_pre_ping": True}
