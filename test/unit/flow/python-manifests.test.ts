import { expect, test } from "vitest";
import { Manifests } from "../../../server/src/flow/manifests.ts";
import { isPythonManifest, readPythonManifest } from "../../../server/src/flow/python-manifests.ts";
import { absolute, snapshotOf } from "../../snapshot.ts";

/** Package → version as written, and the project's name. */
const read = (name: string, text: string) => {
  const { name: project, dependencies } = readPythonManifest(name, text);
  return [project, Object.fromEntries(dependencies)];
};

test.each<readonly [string, string, readonly [string | undefined, Readonly<Record<string, string>>]]>([
  [
    "requirements.txt",
    "-r base.txt\nSQLAlchemy[asyncio]>=2.0, <3 ; python_version > '3.8'\nFlask_SQLAlchemy==3.1.1 # pinned\npsycopg2-binary\n\n# comment\n--hash=sha256:x\n",
    [undefined, { sqlalchemy: ">=2.0,<3", "flask-sqlalchemy": "==3.1.1", "psycopg2-binary": "" }],
  ],
  [
    "pyproject.toml",
    '[build-system]\nrequires = ["setuptools"]\n[project]\nname = "shop"\ndependencies = [\n  "psycopg[binary,pool]>=3.1",\n  \'asyncpg ~= 0.29\',\n]\n[project.optional-dependencies]\ndev = ["pytest"]\n[dependency-groups]\nlint = ["ruff"]\n',
    ["shop", { psycopg: ">=3.1", asyncpg: "~=0.29", pytest: "", ruff: "" }],
  ],
  [
    "pyproject.toml",
    '[tool.poetry]\nname = "cart"\n[tool.poetry.dependencies]\npython = "^3.12"\nsqlalchemy = { version = "^2.0.25", extras = ["asyncio"] }\nasyncpg = "^0.29"\n[tool.poetry.group.dev.dependencies]\npytest = "*"\n',
    ["cart", { sqlalchemy: "^2.0.25", asyncpg: "^0.29", pytest: "*" }],
  ],
  [
    "poetry.lock",
    '[[package]]\nname = "SQLAlchemy"\nversion = "2.0.30"\n\n[[package]]\nname = "psycopg"\nversion = "3.2.1"\n',
    [undefined, { sqlalchemy: "==2.0.30", psycopg: "==3.2.1" }],
  ],
  [
    "Pipfile.lock",
    '{"_meta": {}, "default": {"django": {"hashes": [], "version": "==5.0"}}, "develop": {"pytest": {"version": "==8"}}}',
    [undefined, { django: "==5.0", pytest: "==8" }],
  ],
  [
    "Pipfile",
    '[packages]\ndjango = "*"\npsycopg = {version = ">=3", extras = ["pool"]}\n',
    [undefined, { django: "*", psycopg: ">=3" }],
  ],
  [
    "setup.cfg",
    "[metadata]\nname = old\n[options]\ninstall_requires =\n    psycopg2>=2.8\n    sqlalchemy<2\n",
    ["old", { psycopg2: ">=2.8", sqlalchemy: "<2" }],
  ],
])("%s", (name, text, told) => {
  expect(isPythonManifest(name)).toBe(true);
  expect(read(name, text)).toEqual(told);
});

test("half-typed manifests are read as far as they go", () => {
  const text = '[project]\nname = "shop"\ndependencies = ["psycopg>=3", "async\n[tool.poetry';
  expect(read("pyproject.toml", text)[0]).toBe("shop");
});

test("the nearest manifest counts, and what is locked before what is asked for", () => {
  const manifests = new Manifests(
    snapshotOf({
      "package.json": '{"name": "web", "dependencies": {"pg": "8"}}',
      "pyproject.toml": '[project]\nname = "root"\ndependencies = ["sqlalchemy>=1.4"]',
      "api/pyproject.toml": '[project]\nname = "api"\ndependencies = ["sqlalchemy>=2"]',
      "api/uv.lock": '[[package]]\nname = "sqlalchemy"\nversion = "2.0.41"\n',
    }),
  );
  expect(manifests.rangeOf(absolute("api/app/db.py"), "sqlalchemy")).toBe("==2.0.41");
  expect(manifests.majorOf(absolute("api/app/db.py"), "sqlalchemy")).toBe(2);
  expect(manifests.rangeOf(absolute("db.py"), "sqlalchemy")).toBe(">=1.4");
  expect(manifests.projectName(absolute("api/app/db.py"))).toBe("api");
  expect([...manifests.dependencies(absolute("db.py"))]).toEqual(["sqlalchemy"]);
  expect(manifests.projectName(absolute("a.ts"))).toBe("web");
});
