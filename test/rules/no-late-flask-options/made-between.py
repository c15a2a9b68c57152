from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.pool import NullPool

db = SQLAlchemy()


def create_app() -> Flask:
    app = Flask(__name__)
    app.config.update(SQLALCHEMY_DATABASE_URI="postgresql://pooler:6432/orders?application_name=orders")
    db.init_app(app)
    options = {"poolclass": NullPool}
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options  # want "written after"
    return app
