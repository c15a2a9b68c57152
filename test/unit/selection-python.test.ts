import { describe, expect, it } from "vitest";
import { createAnalyzer } from "../../server/src/analyze.ts";
import { contextOf } from "../../server/src/flow/context.ts";
import type { FileNode } from "../../server/src/flow/program.ts";
import { isPythonTest } from "../../server/src/selection/python-tests.ts";
import { type Files, root, snapshotOf } from "../snapshot.ts";

/** The sources that are parsed, by path. */
async function chosen(files: Files, analyzer = createAnalyzer()): Promise<readonly string[]> {
  const { facts, crashes } = await analyzer.analyze(snapshotOf(files));
  expect(crashes).toEqual([]);
  const paths = [...facts.keys()].map((path) => path.slice(root.length + 1));
  return paths.filter((path) => path.endsWith(".py")).sort();
}

const database = `from contextlib import asynccontextmanager
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

engine = create_async_engine("postgresql+asyncpg://app@db/app")
SessionLocal = async_sessionmaker(engine)


@asynccontextmanager
async def unit_of_work():
    async with SessionLocal() as session:
        yield session


async def in_transaction(session: AsyncSession, work):
    async with session.begin():
        await work()


async def save(session, order):
    await session.execute(order)


class Repository:
    def __init__(self, session):
        self.session = session


class Mailer:
    async def send(self): ...
`;
const service = `from sqlalchemy.ext.asyncio import AsyncSession


async def orders(session: AsyncSession):
    return await session.execute("SELECT 1")
`;
/** Of a test that only reads and writes rows. */
const rows = `from sqlalchemy.ext.asyncio import AsyncSession
from app.service import orders


async def test_orders(session: AsyncSession):
    await orders(session)
    await session.commit()
`;
const app = { "app/__init__.py": "", "app/database.py": database, "app/service.py": service };
const taken = Object.keys(app).sort();

describe("tests of Python that are worth a parse", () => {
  it("are not those that only read and write rows, while all of the application is", async () => {
    expect(await chosen({ ...app, "tests/test_orders.py": rows })).toEqual(taken);
    expect(await chosen({ ...app, "app/orders.py": rows })).toEqual([...taken, "app/orders.py"].sort());
  });

  it.each([
    ["a connection that is taken", "    await engine.connect()"],
    ["a transaction that is begun", "    async with session.begin(): ..."],
    ["a session that is opened", "    AsyncSession(bind=None)"],
    ["SQL that changes the session", `    await session.execute("SET search_path TO tenant")`],
    ["autocommit", `    await connect(isolation_level="AUTOCOMMIT")`],
    ["a handle put where others find it", "    app.service.session = session"],
    ["settings of Django", "DATABASES = {}"],
    ["settings of Django by branch", "if __debug__:\n    DATABASES = {}"],
    ["a comment for this tool", "# bouncer-safe-disable-file"],
  ])("are those with %s", async (_, code) => {
    expect(await chosen({ ...app, "tests/test_orders.py": `${rows}${code}\n` })).toEqual([
      ...taken,
      "tests/test_orders.py",
    ]);
  });

  it.each([
    ["a session of the project's own", "from app.database import SessionLocal\nSessionLocal()\n"],
    ["what lends one", "from app.database import unit_of_work\n"],
    ["what calls them back", "from app.database import in_transaction\n"],
    ["such a function of a module", "from app import database as db\ndb.in_transaction(None, None)\n"],
    ["a function that knows a handle by its callers alone", "from app.database import save\nsave(session, 1)\n"],
    ["a class that does", "from app.database import Repository\nRepository(session)\n"],
    ["a base class", "from app.database import Mailer\nclass Fake(Mailer): ...\n"],
  ])("are those that use %s", async (_, code) => {
    expect(await chosen({ ...app, "tests/test_orders.py": rows, "tests/test_more.py": code })).toEqual([
      ...taken,
      "tests/test_more.py",
    ]);
  });

  it("are not those that give such a function no handle", async () => {
    const code = "from app.database import save\nsave(1, 2)\n";
    expect(await chosen({ ...app, "tests/test_more.py": code })).toEqual(taken);
  });

  it("are what those import", async () => {
    const files = {
      ...app,
      "tests/__init__.py": "",
      "tests/factories.py": "def order():\n    return 1\n",
      "tests/test_orders.py": "from app.database import engine\nfrom .factories import order\nengine.connect()\n",
    };
    expect(await chosen(files)).toEqual([...taken, "tests/factories.py", "tests/test_orders.py"]);
  });

  it("are chosen by the texts as they are, whatever they were", async () => {
    const analyzer = createAnalyzer();
    const plain = { ...app, "tests/test_orders.py": rows };
    const deed = { ...app, "tests/test_orders.py": `${rows}    session.begin()\n` };
    const wrapper = {
      ...plain,
      "app/service.py": service.replace("session: AsyncSession", "session"),
    };
    for (const files of [plain, deed, plain, wrapper, plain])
      expect(await chosen(files, analyzer)).toEqual(await chosen(files));
    expect(await chosen(wrapper)).toEqual([...taken, "tests/test_orders.py"]);
  });

  it("are all of them where a pooler hands out connections for single statements", async () => {
    const ini = "[databases]\napp = host=127.0.0.1\n[pgbouncer]\npool_mode = statement\n";
    expect(await chosen({ ...app, "tests/test_orders.py": rows, "pgbouncer.ini": ini })).toEqual([
      ...taken,
      "tests/test_orders.py",
    ]);
  });

  it.each([
    "tests/a.py",
    "app/test_a.py",
    "app/a_test.py",
    "app/tests.py",
    "conftest.py",
    "e2e/a.py",
    "app/fixtures/a.py",
    "app/testing/a.py",
    "benchmarks/a.py",
    "app/attest.py",
    "app/contest.py",
    "latest/a.py",
  ])("are never more than what the rules call a test: %s", (path) => {
    const file = {
      path: `${root}/${path}`,
      facts: { language: "python", imports: [] },
      functions: [],
    } as unknown as FileNode;
    expect(contextOf(file, [root]) === "test").toBe(isPythonTest(file.path, [root]));
  });
});
