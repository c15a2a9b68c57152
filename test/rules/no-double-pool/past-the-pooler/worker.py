import os

from sqlalchemy import create_engine

# This one does not go through the pooler: nothing is pooled twice, and nobody's restart of the pooler is felt.
engine = create_engine(os.environ["DATABASE_URL"])
