from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql://pooler:6432/orders?application_name=orders"
app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 2, "pool_pre_ping": True}
db = SQLAlchemy(app)  # want "keeps idle connections open for ever (QueuePool)"
