from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.pool import NullPool

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql://pooler:6432/orders?application_name=orders"
app.config["SQLALCHEMY_POOL_SIZE"] = 10  # want information "ignores `SQLALCHEMY_POOL_SIZE`"
app.config["SQLALCHEMY_POOL_RECYCLE"] = 280  # want information "ignores `SQLALCHEMY_POOL_RECYCLE`"
db = SQLAlchemy(app, engine_options={"poolclass": NullPool})
