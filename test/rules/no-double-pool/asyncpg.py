import asyncpg

URL = "postgresql://app@pooler:6432/app"
NAMED = {"application_name": "orders"}


async def serve(work) -> None:
    # Ten connections are opened at the start; what is idle for five minutes is closed, these ten like any other.
    usual = await asyncpg.create_pool(URL, statement_cache_size=0, server_settings=NAMED)
    few = await asyncpg.create_pool(URL, min_size=2, max_size=4, statement_cache_size=0, server_settings=NAMED)
    kept = await asyncpg.create_pool(
        URL,
        max_inactive_connection_lifetime=0,  # want information "`max_inactive_connection_lifetime=0` keeps idle connections open for ever" want no-idle-beyond-bouncer "keeps idle connections for ever"
        statement_cache_size=0,
        server_settings=NAMED,
    )
    await work(usual, few, kept)
