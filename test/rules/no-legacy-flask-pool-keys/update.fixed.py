from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.pool import NullPool

app = Flask(__name__)
app.config.update(
    SQLALCHEMY_DATABASE_URI="postgresql://pooler:6432/orders?application_name=orders",
    SQLALCHEMY_ENGINE_OPTIONS={},
)
db = SQLAlchemy(app, engine_options={"pool_pre_ping": True, "poolclass": NullPool})
