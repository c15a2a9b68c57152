"""SQLAlchemy's asyncio engine on asyncpg."""

import os

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

url = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+asyncpg://")
engine = None


def open(options, parameters=""):
    global engine
    engine = create_async_engine(url + parameters, **options)


async def ask(statement):
    async with engine.connect() as connection:
        return (await connection.execute(text(statement))).scalar()


def asyncpg_version():
    import asyncpg

    return asyncpg.__version__
