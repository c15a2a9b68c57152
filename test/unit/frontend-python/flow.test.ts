import { describe, expect, test } from "vitest";
import { createAnalyzer } from "../../../server/src/analyze.ts";
import { type Files, snapshotOf } from "../../snapshot.ts";

const db = `from sqlalchemy import create_engine
engine = create_engine("postgresql+psycopg2://u@localhost/db")
`;

/** The statements that are known to run on PostgreSQL, by their text. */
async function statements(files: Files): Promise<readonly string[]> {
  const { model, crashes } = await createAnalyzer().analyze(snapshotOf(files));
  expect(crashes).toEqual([]);
  return [...new Set(model.statements.map(({ text }) => text.join("")))].sort();
}

/** One more file beside `app/db.py`, where the engine is. */
const beside = (text: string): Files => ({ "app/__init__.py": "", "app/db.py": db, "app/main.py": text });

describe("a handle is followed", () => {
  test.each<readonly [string, string]>([
    ["through a relative import", "from .db import engine\nwith engine.connect() as c: c.execute('SELECT 1')"],
    ["through a module", "from . import db\nwith db.engine.connect() as c: c.execute('SELECT 1')"],
    ["through a dotted module", "import app.db\nwith app.db.engine.connect() as c: c.execute('SELECT 1')"],
    ["through a star import", "from app.db import *\nwith engine.connect() as c: c.execute('SELECT 1')"],
    ["as a keyword argument", "from .db import engine\ndef f(*, on): on.execute('SELECT 1')\nf(on=engine.connect())"],
    ["in `**` of a dict", "from .db import engine\ndef f(on): on.execute('SELECT 1')\nf(**dict(on=engine.connect()))"],
    ["into `**rest`", "from .db import engine\ndef f(**all): all['on'].execute('SELECT 1')\nf(on=engine.connect())"],
    [
      "through an attribute of a class",
      "from .db import engine\nclass A:\n    engine = engine\n    def f(self):\n        with self.engine.begin() as c: c.execute('SELECT 1')",
    ],
    [
      "through a constructor",
      "from .db import engine\nclass A:\n    def __init__(self, e): self.e = e\n    def f(self):\n        with self.e.begin() as c: c.execute('SELECT 1')\nA(engine).f()",
    ],
    [
      "through a superclass",
      "from .db import engine\nclass B:\n    def __init__(self, e): self.e = e\nclass A(B):\n    def __init__(self): super().__init__(engine)\n    def f(self):\n        with self.e.begin() as c: c.execute('SELECT 1')",
    ],
    [
      "through a property",
      "from .db import engine\nclass A:\n    @property\n    def e(self): return engine\ndef f(a: A):\n    with a.e.begin() as c: c.execute('SELECT 1')",
    ],
    [
      "through a dataclass",
      "from dataclasses import dataclass\nfrom .db import engine\n@dataclass\nclass D:\n    e: object\nd = D(e=engine)\nwith d.e.begin() as c: c.execute('SELECT 1')",
    ],
    [
      "through a context manager",
      "from contextlib import contextmanager\nfrom .db import engine\n@contextmanager\ndef m():\n    with engine.begin() as c: yield c\nwith m() as c: c.execute('SELECT 1')",
    ],
    [
      "through a class with `__enter__`",
      "from .db import engine\nclass M:\n    def __enter__(self): return engine.connect()\n    def __exit__(self, *a): pass\nwith M() as c: c.execute('SELECT 1')",
    ],
    [
      "through a dependency",
      "from fastapi import Depends\nfrom .db import engine\ndef get():\n    with engine.begin() as c: yield c\ndef f(c=Depends(get)): c.execute('SELECT 1')",
    ],
    [
      "through an annotated dependency",
      "from fastapi import Depends\nfrom typing import Annotated\nfrom .db import engine\ndef get():\n    with engine.begin() as c: yield c\nDep = Annotated[object, Depends(get)]\ndef f(c: Dep): c.execute('SELECT 1')",
    ],
    [
      "through a decorator of the project",
      "from .db import engine\ndef w(f):\n    def inner(*a):\n        with engine.begin() as c: return f(c, *a)\n    return inner\n@w\ndef g(c, a): c.execute('SELECT 1')",
    ],
    [
      "through `partial`",
      "from functools import partial\nfrom .db import engine\ndef f(c, a): c.execute('SELECT 1')\ng = partial(f, engine.connect())\ng(1)",
    ],
    [
      "through a thread",
      "import asyncio\nfrom .db import engine\ndef f(c): c.execute('SELECT 1')\nasync def g(): await asyncio.to_thread(f, engine.connect())",
    ],
    [
      "through a declared type",
      "from sqlalchemy import Connection\nfrom .db import engine\ndef f(c: 'Connection | None'): c.execute('SELECT 1')",
    ],
    [
      "through `global`",
      "from .db import engine\nc = None\ndef init():\n    global c\n    c = engine.connect()\ndef f(): c.execute('SELECT 1')",
    ],
    [
      "through a collection",
      "from .db import engine\nfor c in [engine.connect() for _ in range(2)]: c.execute('SELECT 1')",
    ],
  ])("%s", async (_, text) => {
    expect(await statements(beside(text))).toEqual(["SELECT 1"]);
  });
  test("through a type of a submodule", async () => {
    const models = "from .db import engine\nclass Repo:\n    def __init__(self): self.c = engine.connect()\n";
    const text = "from . import models\ndef f(r: 'models.Repo'): r.c.execute('SELECT 1')\n";
    expect(await statements({ ...beside(text), "app/models.py": models })).toEqual(["SELECT 1"]);
  });
  test("through what a package's `__init__` hands on", async () => {
    const files = {
      "app/__init__.py": "from .db import engine as e",
      "app/db.py": db,
      "main.py": "from app import e\nwith e.begin() as c: c.execute('SELECT 1')",
    };
    expect(await statements(files)).toEqual(["SELECT 1"]);
  });
  test("not into a JavaScript file of the same name", async () => {
    const files = {
      "a.ts":
        'import { create_engine } from "sqlalchemy";\nconst c = create_engine("postgresql://x/y").connect();\nc.execute("SELECT 1");',
    };
    expect(await statements(files)).toEqual([]);
  });
});

test("environment variables are known by name", async () => {
  const text =
    'import os\nfrom sqlalchemy import create_engine\nurl = os.getenv("DB_URL", "postgresql://u@localhost:6432/x")\ne = create_engine(url)\nf = create_engine(os.environ["OTHER"])\n';
  const { model } = await createAnalyzer().analyze(snapshotOf({ "a.py": text, "requirements.txt": "psycopg2==2.9" }));
  expect(model.pools.map(({ url }) => url?.environment)).toEqual(["DB_URL", "OTHER"]);
});

test("settings that pydantic reads are environment variables", async () => {
  const settings =
    "from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    database_url: str\nsettings = Settings()\n";
  const text = `from sqlalchemy import create_engine\nfrom settings import settings\ne = create_engine(str(settings.database_url).replace("postgres:", "postgresql:"))\n`;
  const { model } = await createAnalyzer().analyze(
    snapshotOf({ "settings.py": settings, "a.py": text, "pyproject.toml": '[project]\ndependencies = ["asyncpg"]' }),
  );
  expect(model.pools.map(({ url }) => url?.environment)).toEqual(["DATABASE_URL"]);
});

test("after edits the model is that of a fresh start", async () => {
  const files = {
    "app/__init__.py": "",
    "app/db.py": db,
    "app/repo.py":
      "from .db import engine\nclass Repo:\n    def go(self, sql):\n        with engine.begin() as c:\n            c.execute(sql)\n",
    "app/main.py": "from .repo import Repo\ndef main():\n    Repo().go('SELECT 1')\n    Repo().go(sql='SELECT 2')\n",
  };
  const texts = (model: Awaited<ReturnType<ReturnType<typeof createAnalyzer>["analyze"]>>["model"]) =>
    model.statements.map(({ place, text, inTransaction }) => [place, text, inTransaction]);
  const analyzer = createAnalyzer();
  await analyzer.analyze(snapshotOf(files));
  const edits: readonly Files[] = [
    { ...files, "app/main.py": files["app/main.py"].replace("SELECT 2", "SELECT 3") },
    { ...files, "app/repo.py": files["app/repo.py"].replace("begin", "connect") },
    { ...files, "app/repo.py": files["app/repo.py"].replace("c.execute(sql)", "c.execute(") },
    { ...files, "app/db.py": `${db}other = 1\n` },
    files,
  ];
  for (const edited of edits) {
    const kept = await analyzer.analyze(snapshotOf(edited));
    const fresh = await createAnalyzer().analyze(snapshotOf(edited));
    expect(texts(kept.model)).toEqual(texts(fresh.model));
    expect(kept.findings).toEqual(fresh.findings);
  }
});

test("tests, scripts and applications are told apart", async () => {
  const script = `${db}if __name__ == "__main__":\n    engine.connect()\n`;
  const files = {
    "tests/test_a.py": db,
    "app/conftest.py": db,
    "job.py": script,
    "web.py": `import flask\n${script}`,
    "app/db.py": db,
  };
  const { model } = await createAnalyzer().analyze(snapshotOf(files));
  const contexts = Object.fromEntries(
    model.pools.map(({ place, context }) => [place.path.slice("/app/".length), context]),
  );
  expect(contexts).toEqual({
    "tests/test_a.py": "test",
    "app/conftest.py": "test",
    "job.py": "script",
    "web.py": "application",
    "app/db.py": "application",
  });
});

test("a connection that a context manager lends without `finally` is lost when its user throws", async () => {
  const head =
    "from contextlib import contextmanager\nfrom psycopg2.pool import ThreadedConnectionPool\npool = ThreadedConnectionPool(1, 2, 'postgresql://x/y')\n@contextmanager\ndef m():\n    c = pool.getconn()\n";
  const leaks = async (body: string) => {
    const { model } = await createAnalyzer().analyze(snapshotOf({ "a.py": head + body }));
    return model.checkouts.flatMap((one) => one.leaks).length;
  };
  expect(await leaks("    yield c\n    pool.putconn(c)\n")).toBe(1);
  expect(await leaks("    try:\n        yield c\n    finally:\n        pool.putconn(c)\n")).toBe(0);
});

test("modules that import each other's names are read to the end", async () => {
  const files = {
    "app/__init__.py": "from .a import engine\nfrom .b import other\n",
    "app/a.py": "from app.b import engine, other\n",
    "app/b.py":
      'from app.a import other\nfrom sqlalchemy import create_engine\nengine = create_engine("postgresql://h/d")\n',
  };
  const { model, crashes } = await createAnalyzer().analyze(snapshotOf(files));
  expect(crashes).toEqual([]);
  expect(model.pools).toHaveLength(1);
});
