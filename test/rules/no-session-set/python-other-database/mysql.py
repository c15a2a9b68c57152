import aiomysql
import sqlalchemy

from .shared import Wrapper


class MySQLClient:
    async def connect(self, **options):
        self.connection = await aiomysql.connect(**options)
        async with Wrapper(self) as connection:
            async with connection.cursor() as cursor:
                await cursor.execute("SET time_zone = '+0:00'")
