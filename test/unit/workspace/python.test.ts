import { afterEach, describe, expect, test } from "vitest";
import { pythonImportsOf } from "../../../server/src/workspace/python-imports.ts";
import { Workspace } from "../../../server/src/workspace.ts";
import { createFolder, type Files, type TemporaryFolder } from "./folder.ts";

let folder: TemporaryFolder | undefined;

afterEach(() => folder?.remove());

const open = async (files: Files) => {
  folder = createFolder(files);
  const workspace = new Workspace([folder.path]);
  await workspace.scan();
  return { folder, workspace };
};

const sourcesOf = (workspace: Workspace): string[] =>
  [...workspace.snapshot().sources.keys()].map((path) => path.slice(workspace.roots[0]!.length + 1));

const db = "from sqlalchemy import create_engine\nengine = create_engine(url)\n";

describe("Python candidates", () => {
  test("files that import a driver, not those that only have models", async () => {
    const { workspace } = await open({
      "a.py": "import psycopg2\n",
      "b.py": "import os, psycopg2.extras as e\n",
      "c.py": "def f():\n    from asyncpg import create_pool\n",
      "d.py": "from sqlalchemy.ext.asyncio import (\n    AsyncSession,  # one\n    create_async_engine,\n)\n",
      "settings.py": 'if True:\n    DATABASES = {"default": {}}\n',
      "django_view.py": "from django.db import connection\n",
      "models.py": "from sqlalchemy import Column, Integer\nfrom sqlalchemy.orm import Mapped, mapped_column\n",
      "django_models.py": "from django.db import models\n",
      "none.py": "import requests\n",
      "text.py": "words = 'databases'\n",
    });
    expect(sourcesOf(workspace)).toEqual(["a.py", "b.py", "c.py", "d.py", "django_view.py", "settings.py"]);
  });
  test("what is imported in the first line of a file with a byte order mark", async () => {
    const { workspace } = await open({ "a.py": "\ufeffimport psycopg2\n" });
    expect(sourcesOf(workspace)).toEqual(["a.py"]);
  });
  test("files that get a handle from another file, through packages too", async () => {
    const { workspace } = await open({
      "app/__init__.py": "",
      "app/db/__init__.py": "from .engine import engine\n",
      "app/db/engine.py": db,
      "app/repo.py": "from app.db import engine\ndef all(session): session.execute('x')\n",
      "app/service.py": "from app import repo\ndef go(session): repo.all(session)\n",
      "app/views.py": "from app import repo\nhtml = '<p>'\n",
      "lonely.py": "session.execute('x')\n",
    });
    const found = sourcesOf(workspace);
    expect(found).toEqual(
      expect.arrayContaining(["app/db/__init__.py", "app/db/engine.py", "app/repo.py", "app/service.py"]),
    );
    expect(found).not.toContain("app/views.py");
    expect(found).not.toContain("lonely.py");
  });
  test("environments and caches are passed over", async () => {
    const { workspace } = await open({
      ".venv/lib/a.py": db,
      "venv/lib/site-packages/b.py": db,
      "env/pyvenv.cfg": "",
      "env/lib/c.py": db,
      "__pycache__/d.py": db,
      "app.py": db,
    });
    expect(sourcesOf(workspace)).toEqual(["app.py"]);
  });
  test("languages do not mix: a folder of a JavaScript project may have the name of a Python library", async () => {
    const { workspace } = await open({
      "databases/index.ts": "export const list = [];\n",
      "a.ts": 'import { list } from "databases";\nimport x from "psycopg2";\n',
      "b.py": "import pg\n",
    });
    expect(sourcesOf(workspace)).toEqual([]);
  });
  test("what is typed joins in", async () => {
    const { folder, workspace } = await open({ "db.py": db, "a.py": "x = 1\n" });
    expect(sourcesOf(workspace)).toEqual(["db.py"]);
    workspace.setText(folder.at("a.py"), "from db import engine\nengine.connect()\n");
    expect(sourcesOf(workspace)).toEqual(["a.py", "db.py"]);
  });
});

test("imports of a Python text", () => {
  const text =
    "import a.b as c, d\nfrom . import e\nfrom ..f.g import (\n  h,\n  i as j,  # note\n)\nfrom k import *\nfrom l import m, \\\n  n\n";
  expect(pythonImportsOf(text).specifiers).toEqual([
    "a.b",
    "d",
    ".",
    ".e",
    "..f.g",
    "..f.g.h",
    "..f.g.i",
    "k",
    "l",
    "l.m",
    "l.n",
  ]);
});

test.each([
  ["import a, b.c as d\n", ["a", "b.c"]],
  ["from a import (\n  b,  # import x\n  c\n)\nimport d", ["a", "a.b", "a.c", "d"]],
  ["from . import a\nfrom .. b import c\r\nfrom .d import *", [".", ".a", ".. b", ".. b.c", ".d"]],
  ["from a import b, \\\n  c\n", ["a", "a.b", "a.c"]],
  ["from a import b; import c\n", ["a", "a.b"]],
  ["if x: import a\nx = import_module('import b')\nimported = 1\n\timport c\n", ["c"]],
  ["import\nfrom a import b\nimport a.import_b, c", ["a", "a.b", "a.import_b", "c"]],
  ["import a\rimport b", ["a"]],
  [`import ${"import ".repeat(50_000)}`, ["import"]],
])("imports of %j", (text, specifiers) => {
  expect(pythonImportsOf(text).specifiers).toEqual(specifiers);
});
