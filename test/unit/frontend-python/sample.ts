/** A Python file with a little of everything. */
export const sample = `#!/usr/bin/env python
"""A service."""
from __future__ import annotations

import asyncio
import os.path as p
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Optional

from sqlalchemy import create_engine, text

if TYPE_CHECKING:
    from .models import User

engine = create_engine(
    os.environ["DATABASE_URL"],
    pool_size=5,
    connect_args={"options": "-c statement_timeout=1000", **extra},
)


@asynccontextmanager
async def session(name: str = "x", *, retries: int = 3):
    conn = await pool.acquire()
    try:
        yield conn
    except (ValueError, KeyError) as error:
        await conn.rollback()
        raise RuntimeError(f"failed: {error!r}") from error
    else:
        await conn.commit()
    finally:
        await pool.release(conn)


class Repository(Base[User], metaclass=Meta):
    table: str = "users"
    pool: Optional[Pool] = None

    def __init__(self, pool, /, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.pool = pool

    @property
    def size(self) -> int:
        return len(self.pool)

    @staticmethod
    def sql(**where):
        return "SELECT * FROM %s WHERE %s" % (Repository.table, " AND ".join(f"{k} = {v}" for k, v in where.items()))

    async def find(self, ids: list[int], db: Annotated[Session, Depends(get_db)]) -> "list[User]":
        async with session("find") as conn, self.lock:
            rows = [row async for row in conn.stream(text("SELECT 1")) if row.id in ids]
            match rows:
                case []:
                    return []
                case [first, *rest] if first:
                    total = sum(x.n for x in rest)
                case _:
                    total = 0
        while (left := total - 1) > 0 and not done or force:
            if left % 2:
                continue
            elif left > 10:
                break
            total -= 1
        else:
            print("done", end="")
        for i, (a, *b) in enumerate(rows):
            with (
                open(a) as handle,
                lock as self.held,
            ):
                handler = lambda x, y=i: x + y
                del b[0], rows
        try:
            global counter
            counter += 1
        except* OSError:
            pass
        return await asyncio.gather(*(self.one(r) for r in rows), return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(main())
`;
