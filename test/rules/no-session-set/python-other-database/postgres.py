import psycopg

from .shared import Wrapper


class PostgresClient:
    async def connect(self, url: str):
        self.connection = await psycopg.AsyncConnection.connect(
            url, autocommit=True, prepare_threshold=None, application_name="app"
        )
        async with Wrapper(self) as connection:
            async with connection.cursor() as cursor:
                await cursor.execute("SET statement_timeout = 5000")  # want "stays on the server connection"
