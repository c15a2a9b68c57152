from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()  # want no-double-pool hint "QueuePool"
