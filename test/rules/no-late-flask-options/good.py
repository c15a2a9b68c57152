from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.pool import NullPool

db = SQLAlchemy()


def create_app() -> Flask:
    app = Flask(__name__)
    app.config.update(
        SQLALCHEMY_DATABASE_URI="postgresql://pooler:6432/orders?application_name=orders",
        SQLALCHEMY_ENGINE_OPTIONS={"poolclass": NullPool},
    )
    db.init_app(app)
    app.config["SECRET_KEY"] = "no setting of the database"
    return app
