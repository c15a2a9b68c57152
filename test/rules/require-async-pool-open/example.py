from psycopg_pool import AsyncConnectionPool

pool = AsyncConnectionPool(  # want "`AsyncConnectionPool` opens itself here"
    "postgresql://app@pooler:6432/app?application_name=orders",
    min_size=0,
    max_size=4,
    kwargs={"prepare_threshold": None},
)
