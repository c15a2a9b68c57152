import { expect, test } from "vitest";
import { createAnalyzer } from "../../../server/src/analyze.ts";
import { type Files, root, snapshotOf } from "../../snapshot.ts";

const rules: Readonly<Record<string, string>> = {
  "no-external-await-in-transaction": "wait",
  "no-outer-handle-in-transaction": "outer",
};

/** The lines that are told of, and those that say `# wait` or `# outer`. */
async function compare(
  files: Files,
): Promise<{ readonly found: readonly string[]; readonly wanted: readonly string[] }> {
  const { findings } = await createAnalyzer().analyze(snapshotOf(files));
  const found = findings.flatMap(({ rule, path: at, span }) => {
    const word = rules[rule];
    const path = at.slice(root.length + 1);
    const line = (files[path] ?? "").slice(0, span.start).split("\n").length;
    return word === undefined ? [] : [`${path}:${line} ${word}`];
  });
  const wanted = Object.entries(files).flatMap(([path, text]) =>
    text.split("\n").flatMap((line, index) => {
      const word = /# (wait|outer)$/.exec(line)?.[1];
      return word === undefined ? [] : [`${path}:${index + 1} ${word}`];
    }),
  );
  return { found: found.sort(), wanted: wanted.sort() };
}

const database = `import contextlib
import asyncpg

class Database:
    def __init__(self, pool: asyncpg.Pool, connection: asyncpg.Connection | None = None):
        self._given = connection
        self._count = {"taken": 0}
        self._pool: asyncpg.Pool | None = pool

    @contextlib.asynccontextmanager
    async def acquire(self):
        if self._count["taken"] > 1000:
            print("many")
        async with self._pool.acquire() as conn:
            self._count["taken"] += 1
            yield conn

    @contextlib.asynccontextmanager
    async def transaction(self):
        if self._given is not None:
            async with self._given.transaction():
                yield self._given
            return
        async with self.acquire() as conn:
            async with conn.transaction():
                yield conn

    async def execute(self, query, *args):
        if self._given is not None:
            return await self._given.execute(query, *args)
        async with self.acquire() as conn:
            return await conn.execute(query, *args)

    def unit(self):
        return self.transaction()

class Unit:
    def __init__(self, pool: asyncpg.Pool):
        self.pool = pool

    async def __aenter__(self):
        self.conn = await self.pool.acquire()
        await self.conn.execute("BEGIN")
        return self.conn

    async def __aexit__(self, *error):
        await self.conn.execute("COMMIT")
        await self.pool.release(self.conn)

pool = asyncpg.create_pool(dsn="postgres://localhost/app")
database = Database(pool)

async def with_transaction(db: Database, work):
    async with db.transaction():
        return await work()
`;

const service = `import asyncio
import httpx
from database import Database, Unit, with_transaction

client = httpx.AsyncClient()

class Orders:
    def __init__(self, db: Database):
        self._db = db
`;

const methods: Readonly<Record<string, string>> = {
  "a block without a name": `
    async def place(self):
        async with self._db.transaction():
            await self._db.execute("insert into orders values (1)")  # outer
            await client.get("https://stock")  # wait
        await client.get("https://told")
        await self._db.execute("select 1")
`,
  "what the block lends": `
    async def place(self):
        async with self._db.transaction() as conn:
            await conn.execute("insert into orders values (1)")
`,
  "behind calls": `
    async def place(self):
        async with self._db.transaction() as conn:
            await conn.execute("insert into orders values (1)")
            await self.tell()

    async def tell(self):
        await client.post("https://told")  # wait
        await self._db.execute("insert into told values (1)")  # outer
`,
  "a function that hands the manager on": `
    async def place(self):
        async with self._db.unit():
            await client.get("https://stock")  # wait
`,
  "a manager that lends from inside of another": `
    @contextlib.asynccontextmanager
    async def locked(self):
        async with self._db.transaction() as conn:
            await conn.execute("select pg_advisory_xact_lock(1)")
            yield conn

    async def place(self):
        async with self.locked():
            await client.get("https://stock")  # wait
        await client.get("https://told")
`,
  "a manager that opens none": `
    async def place(self):
        async with self._db.acquire() as conn:
            await conn.execute("insert into orders values (1)")
            await self._db.execute("select 1")
            await client.get("https://stock")
`,
  "a helper that calls back": `
    async def place(self):
        async def work():
            await self._db.execute("insert into orders values (1)")  # outer
            await client.get("https://stock")  # wait
        await with_transaction(self._db, work)
`,
  "a class whose entering begins": `
    async def place(self, unit: Unit):
        async with unit as conn:
            await conn.execute("insert into orders values (1)")
            await asyncio.sleep(1)  # wait
        await asyncio.sleep(1)
`,
  "an end in the block": `
    async def place(self, unit: Unit):
        async with unit as conn:
            await conn.execute("insert into orders values (1)")
            await conn.execute("commit")
            await asyncio.sleep(1)
`,
};

test.each(Object.entries(methods))("a project's context manager: %s", async (_, text) => {
  const { found, wanted } = await compare({
    "database.py": database,
    "service.py": `import contextlib\n${service}${text}`,
  });
  expect(found).toEqual(wanted);
});

const engines = `import asyncio
import psycopg2
import requests
from fastapi import Depends
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

engine = create_engine("postgresql://localhost/app")
auto = create_engine("postgresql://localhost/app", isolation_level="AUTOCOMMIT")
make = sessionmaker(engine)

def get_db():
    db = make()
    try:
        yield db
    finally:
        db.close()
`;

const functions: Readonly<Record<string, string>> = {
  "a connection of psycopg2 as a block": `
def place():
    conn = psycopg2.connect("postgresql://localhost/app")
    with conn:
        requests.get("https://before")
        with conn.cursor() as cursor:
            cursor.execute("update orders set sent = true")
            requests.get("https://stock")  # wait
    requests.get("https://told")
`,
  "a connection of psycopg2 in autocommit": `
def place():
    conn = psycopg2.connect("postgresql://localhost/app")
    conn.autocommit = True
    cursor = conn.cursor()
    cursor.execute("update orders set sent = true")
    requests.get("https://stock")
`,
  "engine.begin": `
def place():
    with engine.begin() as conn:
        conn.execute(text("update orders set sent = true"))
        requests.get("https://stock")  # wait
    requests.get("https://told")
`,
  "two managers in one with": `
def place():
    with Session(engine) as session, session.begin():
        session.execute(text("update orders set sent = true"))
        requests.get("https://stock")  # wait
    requests.get("https://told")
`,
  "begin on a session that is a parameter": `
async def place(session: AsyncSession):
    async with session.begin():
        await session.execute(text("update orders set sent = true"))
        await asyncio.sleep(1)  # wait
    await asyncio.sleep(1)
`,
  "a dependency": `
def place(db: Session = Depends(get_db)):
    requests.get("https://before")
    db.execute(text("update orders set sent = true"))
    requests.get("https://stock")  # wait
    db.commit()
    requests.get("https://told")
`,
  "a query that the library writes": `
def place(db: Session):
    orders = db.query(int).all()
    requests.get("https://stock")  # wait
    db.rollback()
    requests.get("https://told")
`,
  "a session of the object": `
class Orders:
    def __init__(self, session: AsyncSession):
        self.session = session

    async def find(self):
        await self.session.execute(text("select 1"))
        await asyncio.sleep(1)  # wait

    async def place(self):
        await self.session.execute(text("select 1"))
        await self.session.commit()
        await asyncio.sleep(1)
`,
  "a way that ends it and one that does not": `
def place(db: Session, dry: bool):
    db.execute(text("select 1"))
    if dry:
        db.close()
        requests.get("https://told")
    else:
        requests.get("https://stock")  # wait
`,
  "a function that sends the statement": `
def load(db: Session):
    return db.execute(text("select 1"))

def save(db: Session):
    db.execute(text("update orders set sent = true"))
    db.commit()

def place(db: Session):
    load(db)
    requests.get("https://stock")  # wait

def send(db: Session):
    save(db)
    requests.get("https://told")
`,
  "an object that commits": `
class Orders:
    def __init__(self, session: Session):
        self.session = session

    def remove(self):
        self.session.execute(text("delete from orders"))
        self.session.commit()
        requests.get("https://told")

def place(db: Session):
    db.execute(text("select 1"))
    Orders(db).remove()
    requests.get("https://told")
`,
  "a first statement that fails": `
def place(db: Session):
    try:
        db.execute(text("select 1"))
    except Exception:
        requests.get("https://told")
        raise
    requests.get("https://stock")  # wait
`,
  "an engine in autocommit": `
def place():
    with auto.connect() as conn:
        conn.execute(text("select 1"))
        requests.get("https://stock")
        send(conn)

def send(conn):
    conn.execute(text("select 1"))
    requests.get("https://told")
`,
};

test.each(Object.entries(functions))("a transaction that the first statement begins: %s", async (_, text) => {
  const { found, wanted } = await compare({ "app.py": `${engines}${text}` });
  expect(found).toEqual(wanted);
});

test("edits give the same as a fresh start", async () => {
  const kept = createAnalyzer();
  const text = `import contextlib\n${service}${methods["behind calls"]}`;
  const variants: readonly Files[] = [
    { "database.py": database, "service.py": text },
    { "database.py": database.replace("async with conn.transaction():", "if True:"), "service.py": text },
    { "database.py": database, "service.py": text.replace("    await self.tell()", "    pass") },
    { "database.py": database, "service.py": text },
  ];
  const seen = new Set<string>();
  for (const files of variants) {
    const snapshot = snapshotOf(files);
    const shown = JSON.stringify((await kept.analyze(snapshot)).findings);
    expect(shown).toEqual(JSON.stringify((await createAnalyzer().analyze(snapshot)).findings));
    seen.add(shown);
  }
  // Else nothing was proven.
  expect(seen.size).toBe(3);
});

test("a session put in autocommit in another file begins nothing, after an edit as from the start", async () => {
  const kept = createAnalyzer();
  const work = `import requests

def work(connection):
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    requests.get("https://told")
`;
  const main = `import psycopg2
from work import work

def main():
    connection = psycopg2.connect("postgresql://app@pooler/app")
    connection.autocommit = True
    work(connection)
`;
  const seen: number[] = [];
  for (const text of [
    main,
    main.replace("True", "False"),
    main.replace("    connection.autocommit = True\n", ""),
    main,
  ]) {
    const snapshot = snapshotOf({ "main.py": text, "work.py": work });
    const { findings } = await kept.analyze(snapshot);
    expect(JSON.stringify(findings)).toBe(JSON.stringify((await createAnalyzer().analyze(snapshot)).findings));
    seen.push(findings.filter(({ rule }) => rule === "no-external-await-in-transaction").length);
  }
  expect(seen).toEqual([0, 1, 1, 0]);
});

test("a transaction that a context manager begins is told once, where its block begins", async () => {
  const { findings } = await createAnalyzer().analyze(
    snapshotOf({
      "app.py": `${engines}
import contextlib

@contextlib.contextmanager
def transaction():
    with Session() as session:
        with session.begin():
            yield session

def place():
    with transaction() as session:
        session.execute(text("select 1"))
        requests.get("https://told")
`,
    }),
  );
  const related = findings.flatMap(({ rule, related }) => (rule === "no-external-await-in-transaction" ? related : []));
  expect(related.map(({ message }) => message)).toEqual(["The transaction begins here.", "The helper opens it here."]);
});

test("a transaction that a helper begins around a callback is told once, also in another file", async () => {
  const { findings } = await createAnalyzer().analyze(
    snapshotOf({
      "work.py": `import requests
from sqlalchemy import text
from sqlalchemy.orm import Session

def work(session: Session):
    session.execute(text("select 1"))
    requests.get("https://told")
`,
      "main.py": `from app import run
from work import work

def main():
    run(work)
`,
      "app.py": `${engines}
def run(function):
    with make.begin() as session:
        return function(session)
`,
    }),
  );
  const related = findings.flatMap(({ rule, related }) => (rule === "no-external-await-in-transaction" ? related : []));
  expect(related.map(({ message }) => message)).toEqual(["The transaction begins here.", "The helper opens it here."]);
});

test("a transaction that a helper begins around a callback is told once, whatever the callback calls its session", async () => {
  const { findings } = await createAnalyzer().analyze(
    snapshotOf({
      "app.py": `${engines}
def transactional(function):
    def inner(order):
        with make.begin() as session:
            return function(session, order)
    return inner

@transactional
def place(session: Session, order):
    session.execute(text("select 1"))
    requests.get("https://told")
`,
    }),
  );
  const related = findings.flatMap(({ rule, related }) => (rule === "no-external-await-in-transaction" ? related : []));
  expect(related.map(({ message }) => message)).toEqual(["The transaction begins here.", "The helper opens it here."]);
});
