from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config.update(
    SQLALCHEMY_DATABASE_URI="postgresql://pooler:6432/orders?application_name=orders",
    SQLALCHEMY_POOL_SIZE=10,  # want information "ignores `SQLALCHEMY_POOL_SIZE`"
)
db = SQLAlchemy(app, engine_options={"pool_pre_ping": True})  # want no-double-pool "QueuePool"
