import { chmodSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { Workspace, type WorkspaceOptions } from "../../../server/src/workspace.ts";
import { createFolder, type Files, type TemporaryFolder } from "./folder.ts";

let folder: TemporaryFolder | undefined;

afterEach(() => folder?.remove());

const db = 'import { Pool } from "pg";\nexport const pool = new Pool();\n';

const open = async (files: Files, options: WorkspaceOptions = {}) => {
  folder = createFolder(files);
  const workspace = new Workspace([folder.path], options);
  await workspace.scan();
  return { folder, workspace };
};

const sourcesOf = (workspace: Workspace): string[] =>
  [...workspace.snapshot().sources.keys()].map((path) => path.slice(workspace.roots[0]!.length + 1));

const configurationsOf = (workspace: Workspace): string[] =>
  [...workspace.snapshot().configurations.keys()].map((path) => path.slice(workspace.roots[0]!.length + 1)).sort();

describe("candidates", () => {
  test("a file that imports a driver, in every way of importing", async () => {
    const { workspace } = await open({
      "import.ts": 'import pg from "pg";',
      "named.mts": "import {\n  Pool,\n} from 'pg';",
      "from.js": 'export { Pool } from "pg"',
      "require.cjs": "const { Pool } = require('pg')",
      "dynamic.tsx": 'const { Pool } = await import("pg")',
      "type.ts": `import type { PoolClient } from "pg";`,
      "entity.ts": `import { Entity, Column } from "typeorm";`,
      "enumeration.ts": `import { Role, type User } from "@prisma/client";`,
      "deep.ts": `import x from "pg/lib/utils"`,
      "none.ts": 'import { a } from "./a"; const text = "pg";',
      "other.ts": 'import pg from "pg-is-something-else";',
    });
    expect(sourcesOf(workspace)).toEqual([
      "dynamic.tsx",
      "from.js",
      "import.ts",
      "named.mts",
      "require.cjs",
      "type.ts",
    ]);
    expect(workspace.snapshot().seen).toBe(11);
  });

  test("files that get a handle from another file, through as many as there are", async () => {
    const { workspace } = await open({
      "db.ts": db,
      "index.ts": 'export * from "./db.js";',
      "repository.ts": 'import { pool } from ".";\nexport const all = () => pool.query("select 1");',
      "folder/service.ts": 'import { all } from "../repository";\nexport const f = (tx) => all(tx);',
      "folder/view.ts": 'import { all } from "../repository";\nexport const html = "<p>";',
      "lonely.ts": 'import { x } from "./nothing";\nx.query("select 1")',
    });
    expect(sourcesOf(workspace)).toEqual(["db.ts", "folder/service.ts", "index.ts", "repository.ts"]);
  });

  test("name by name: a barrel's handles, not its neighbours", async () => {
    const { workspace } = await open({
      "db/index.ts":
        'export { type PoolClient } from "pg";\nexport * from "./default";\nexport { format as formatRow, widen } from "./text";',
      "db/default.ts":
        'import { Pool } from "pg";\nconst pool = new Pool();\nexport { pool as main };\nexport interface Row { id: number }\nexport type Db = typeof pool;\nexport const query = pool.query.bind(pool);',
      "db/text.ts": "export const format = (sql: string) => sql;\nexport const widen = 1;",
      "takes-pool.ts": 'import { main } from "./db";\nmain.query("select 1");',
      "takes-type.ts":
        'import type { PoolClient } from "./db";\nexport const f = (client: PoolClient) => client.query("select 1");',
      "takes-own-type.ts":
        'import { type Db as Database } from "./db";\nexport const f = (db: Database) => db.query("select 1");',
      "takes-all.ts": 'import * as sqldb from "./db/index.js";\nsqldb.query("select 1");',
      "takes-later.ts": 'const { main } = await import("./db");\nmain.query("select 1");',
      "takes-row.ts": 'import type { Row } from "./db";\nexport const show = (row: Row) => "transaction";',
      "takes-text.ts": 'import { formatRow, widen } from "./db";\nexport const sql = formatRow("BEGIN");',
      "hands-on.ts":
        'import { main, type Row } from "./db";\nexport { main as renamed, formatRow } from "./db";\nexport type { Row };',
      "uses-renamed.ts": 'import { renamed } from "./hands-on";\nrenamed.query("select 1");',
      "uses-format.ts": 'import { formatRow } from "./hands-on";\nexport const sql = formatRow("BEGIN");',
      "common.js": 'module.exports = require("./db");',
      "uses-common.js": 'const { main } = require("./common");\nmain.query("select 1");',
    });
    expect(sourcesOf(workspace)).toEqual([
      "common.js",
      "db/default.ts",
      "db/index.ts",
      // A seed leans on it.
      "db/text.ts",
      "hands-on.ts",
      "takes-all.ts",
      "takes-later.ts",
      "takes-own-type.ts",
      "takes-pool.ts",
      "takes-type.ts",
      "uses-common.js",
      "uses-renamed.ts",
    ]);
  });

  test("a file's code decides: not its comments, not where its imports lead", async () => {
    const { workspace } = await open({
      "database/index.ts":
        'import { Pool } from "pg";\nexport const main = new Pool();\nexport class Base extends Pool {}\nexport const start = (url) => new Pool({ connectionString: url });',
      "says.ts":
        'import { main } from "./database";\n// A database, in a transaction.\n  /**\n   * pool.query(x)\n   */\nexport const a = [main];',
      "does.ts":
        'import { main } from "./database"; // Not a line of its own.\nexport const a = () => main.query(sql);',
      "heir.ts": 'import { Base } from "./database";\nexport class Main extends Base {}',
      "address.ts": 'import { start } from "./database";\nstart("postgres://localhost/a");',
      "uses.ts":
        'import { main } from "./database";\nimport { Data } from "./types";\nimport { wait } from "./waits";\nawait main.query("BEGIN"); await wait();',
      "types.ts": "export interface Data {\n  /** const */\n  load(): Promise<Row>;\n}",
      "waits.ts": "export const wait = (): Promise<void> => new Promise(run);",
    });
    expect(sourcesOf(workspace)).toEqual([
      "address.ts",
      "database/index.ts",
      "does.ts",
      "heir.ts",
      "uses.ts",
      "waits.ts",
    ]);
  });

  test("with the files that they lean on: options of a pool, and what a transaction waits for", async () => {
    const { workspace } = await open({
      "db.ts":
        'import { Pool } from "pg";\nimport { options } from "./options";\nimport "./polyfill.css";\nexport const pool = new Pool(options);',
      "options.ts":
        'import { url } from "./environment";\nimport { deep } from "./deep";\nexport const options = { max: 5, url };',
      "environment.ts": "export const url = process.env.DATABASE_URL;",
      "deep.ts": "export const deep = 1;",
      "transfer.ts":
        'import { pool } from "./db";\nimport { charge } from "./charge";\nimport { format } from "./format";\nawait pool.query("BEGIN"); await charge();',
      "charge.ts": 'import { post } from "./post";\nexport const charge = async () => await post();',
      "post.ts": "export const post = () => fetch(url).then((answer) => answer.json());",
      "format.ts": "export const format = (text) => text;",
      "list.ts":
        'import { pool } from "./db";\nimport { other } from "./other";\nexport const list = () => pool.query("select 1");',
      "other.ts": "export const other = async () => await 1;",
      "main.js":
        'const { pool } = require("./db");\nconst orders = require("./orders")(pool);\nmodule.exports = orders;',
      "orders.js":
        'const rows = require("./rows");\nmodule.exports = (database) => ({ all: () => rows(database), none: () => database.query("select") });',
      "rows.js": 'module.exports = (handle) => handle.query("select 1");',
    });
    expect(sourcesOf(workspace)).toEqual([
      "charge.ts",
      "db.ts",
      "environment.ts",
      "list.ts",
      "main.js",
      "options.ts",
      "orders.js",
      "post.ts",
      "rows.js",
      "transfer.ts",
    ]);
  });

  test("through tsconfig paths, package imports and workspace packages", async () => {
    const uses = (specifier: string) => `import { pool } from "${specifier}";\npool.query("select 1");`;
    const { workspace } = await open({
      "package.json": '{ "name": "root", "workspaces": ["packages/*"], "imports": { "#storage": "./src/lib/db.ts" } }',
      "tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./src/*"], "database": ["./src/lib/db.ts"] } } }',
      "src/lib/db.ts": db,
      "src/star.ts": uses("@/lib/db"),
      "src/exact.ts": uses("database"),
      "src/hash.ts": uses("#storage"),
      "packages/store/package.json": '{ "name": "@acme/store", "exports": { ".": "./src/pool.ts" } }',
      "packages/store/src/pool.ts": db,
      "packages/api/package.json": '{ "name": "@acme/api" }',
      "packages/api/src/main.ts": uses("@acme/store"),
      "packages/api/src/other.ts": uses("@elsewhere/store"),
    });
    expect(sourcesOf(workspace)).toEqual([
      "packages/api/src/main.ts",
      "packages/store/src/pool.ts",
      "src/exact.ts",
      "src/hash.ts",
      "src/lib/db.ts",
      "src/star.ts",
    ]);
  });

  test("without one, no configuration is read but PgBouncer's own", async () => {
    const { workspace } = await open({
      "a.ts": "export {}",
      "package.json": "{}",
      ".env": "A=1",
      "php.ini": "[PHP]",
      "pgbouncer.ini": "[pgbouncer]\npool_mode = session",
      "marked.ini": "\ufeff[databases]\n* = host=é",
      "wide.ini": Buffer.from("\ufeff[pgbouncer]\n", "utf16le"),
    });
    expect(configurationsOf(workspace)).toEqual(["marked.ini", "pgbouncer.ini", "wide.ini"]);
  });
});

describe("the walk", () => {
  test("leaves out what git ignores, other people's code and generated folders", async () => {
    const { workspace } = await open({
      ".gitignore": "dist/\n!src/dist/\n",
      "a.ts": db,
      "dist/a.ts": db,
      "src/dist/a.ts": db,
      "node_modules/x/a.ts": db,
      ".next/a.ts": db,
      ".venv/pyvenv.cfg": "",
      "environment/pyvenv.cfg": "",
      "environment/a.ts": db,
      "jquery.min.js": db,
      "build/a.ts": db,
    });
    expect(sourcesOf(workspace)).toEqual(["a.ts", "build/a.ts", "src/dist/a.ts"]);
  });

  test("reads configuration files by name, and .env files that git ignores", async () => {
    const names = [
      ".env",
      ".env.local",
      "Dockerfile",
      "api.dockerfile",
      "compose.yaml",
      "docker-compose.prod.yml",
      "odyssey.conf",
      "package.json",
      "pgbouncer/main.ini",
      "pnpm-workspace.yaml",
      "prisma.config.ts",
      "prisma/schema.prisma",
      "pyproject.toml",
      "requirements-dev.txt",
      "tsconfig.base.json",
      "tsconfig.json",
      "wrangler.jsonc",
    ];
    const { workspace } = await open({
      ...Object.fromEntries(names.map((name) => [name, name.endsWith(".ini") ? " [databases]\n" : "{}"])),
      ".gitignore": ".env*\n",
      "a.ts": db,
      "other.ini": "[settings]",
      "data.json": "{}",
    });
    expect(configurationsOf(workspace)).toEqual(names);
  });

  test("reads YAML, TOML and Terraform files that speak of a pooler", async () => {
    const { folder, workspace } = await open({
      "a.ts": db,
      "k8s/bouncer.yaml": "image: edoburu/pgbouncer",
      "k8s/web.yml": "image: nginx",
      "k8s/binary.yaml": "pgbouncer\0",
      "k8s/huge.yaml": `# pgbouncer\n${"a: b\n".repeat(300_000)}`,
      "pnpm-lock.yaml": "pgbouncer: 1",
      "infra/pool.tf": 'resource "digitalocean_database_connection_pool" "a" {}',
      "infra/variables.tf": 'variable "pool_mode" {}',
      "infra/bucket.tf": 'resource "aws_s3_bucket" "a" {}',
      "pgdog.toml": '[[databases]]\nname = "a"',
      "pgcat.toml": "[pools.app]",
      "Cargo.toml": "[package]",
    });
    const expected = ["infra/pool.tf", "infra/variables.tf", "k8s/bouncer.yaml", "pgcat.toml", "pgdog.toml"];
    expect(configurationsOf(workspace)).toEqual(expected);
    expect(workspace.problems).toEqual([]);

    // What an open document says counts, before it is saved.
    workspace.setText(folder.at("k8s/web.yml"), "image: edoburu/pgbouncer");
    expect(configurationsOf(workspace)).toContain("k8s/web.yml");
    workspace.setText(folder.at("k8s/web.yml"), "image: nginx");
    expect(configurationsOf(workspace)).toEqual(expected);
  });

  test("leaves out what the settings say", async () => {
    const { workspace } = await open({
      "bouncer-safe.json": '{ "ignore": ["test/**", "/a.ts"] }',
      "a.ts": db,
      "src/a.ts": db,
      "test/a.ts": db,
    });
    expect(sourcesOf(workspace)).toEqual(["src/a.ts"]);
  });

  test("knows the rules and the configuration above its root, up to the repository", async () => {
    folder = createFolder({
      ".env": "OUTSIDE=1",
      "repository/.git/HEAD": "",
      "repository/.gitignore": "/api/gen\n",
      "repository/pgbouncer.ini": "[pgbouncer]",
      "repository/bouncer-safe.json": '{ "replicas": 3 }',
      "repository/api/gen/a.ts": db,
      "repository/api/src/a.ts": db,
      "repository/web/a.ts": db,
    });
    const workspace = new Workspace([folder.at("repository/api")]);
    await workspace.scan();
    const { sources, configurations, settings } = workspace.snapshot();
    expect([...sources.keys()]).toEqual([folder.at("repository/api/src/a.ts")]);
    expect([...configurations.keys()].sort()).toEqual([
      folder.at("repository/bouncer-safe.json"),
      folder.at("repository/pgbouncer.ini"),
    ]);
    expect(settings.replicas).toBe(3);
  });

  test("survives loops of links, and lists a file of two roots once", async () => {
    folder = createFolder({ "a/a.ts": db });
    symlinkSync(folder.path, folder.at("a/loop"));
    symlinkSync(folder.at("nowhere"), folder.at("a/dangling.ts"));
    const workspace = new Workspace([folder.path, folder.at("a")]);
    await workspace.scan();
    expect([...workspace.snapshot().sources.keys()]).toEqual([folder.at("a/a.ts")]);
    expect(workspace.problems).toEqual([]);
  });

  test("names what it may not read", async ({ skip }) => {
    skip(process.getuid?.() === 0, "root may read everything");
    folder = createFolder({ "a.ts": db, "locked/b.ts": db, "c.ts": db });
    chmodSync(folder.at("locked"), 0);
    chmodSync(folder.at("c.ts"), 0);
    const workspace = new Workspace([folder.path]);
    await workspace.scan();
    chmodSync(folder.at("locked"), 0o700);
    expect(sourcesOf(workspace)).toEqual(["a.ts"]);
    expect(workspace.problems.map(({ path, kind }) => [path, kind])).toEqual([
      [folder.at("c.ts"), "unreadable"],
      [folder.at("locked"), "unreadable"],
    ]);
  });

  test("names a root that is none", async () => {
    folder = createFolder({ file: "" });
    const workspace = new Workspace([folder.at("file")]);
    await workspace.scan();
    expect(workspace.problems).toMatchObject([{ path: folder.at("file"), kind: "unreadable" }]);
    expect(workspace.snapshot().sources.size).toBe(0);
  });

  test("stops where the signal says so, and keeps what it had", async () => {
    const { workspace, folder } = await open({ "a.ts": db });
    const before = workspace.snapshot();
    folder.write({ "b.ts": db });
    await workspace.scan({ signal: AbortSignal.abort() });
    expect(workspace.snapshot()).toBe(before);
    await workspace.scan();
    expect(sourcesOf(workspace)).toEqual(["a.ts", "b.ts"]);
  });

  test("lets others have their turn, and says how far it is", async () => {
    folder = createFolder(
      Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`${index % 50}/${index}.ts`, db])),
    );
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const seen: number[] = [];
    await new Workspace([folder.path]).scan({ progress: (count) => seen.push(count) });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
    expect(seen.at(-1)).toBe(3_000);
  });
});

describe("files of every kind", () => {
  test("a byte order mark and CRLF", async () => {
    const { workspace, folder } = await open({
      "marked.ts": `\ufeff${db}`,
      "windows.ts": db.replaceAll("\n", "\r\n"),
      "wide.ts": Buffer.from(`\ufeff${db}`, "utf16le"),
      "big-endian.ts": Buffer.from(`\ufeff${db}`, "utf16le").swap16(),
    });
    const { sources } = workspace.snapshot();
    expect(sources.get(folder.at("marked.ts"))).toBe(db);
    expect(sources.get(folder.at("windows.ts"))).toBe(db.replaceAll("\n", "\r\n"));
    expect(sources.get(folder.at("wide.ts"))).toBe(db);
    expect(sources.get(folder.at("big-endian.ts"))).toBe(db);
    expect(
      ["marked.ts", "windows.ts", "wide.ts", "big-endian.ts"].map((name) => workspace.encodingOf(folder.at(name))),
    ).toEqual(["utf-8 with bom", "utf-8", "utf-16le", "utf-16be"]);
  });

  test("bytes that are no UTF-8 are read, and never written back", async () => {
    const { workspace, folder } = await open({
      "latin.ts": Buffer.from(`${db}// caf\xe9\n`, "latin1"),
      "replaced.ts": `${db}// \ufffd\n`,
    });
    expect(workspace.snapshot().sources.get(folder.at("latin.ts"))).toBe(`${db}// caf\ufffd\n`);
    expect(workspace.encodingOf(folder.at("latin.ts"))).toBeUndefined();
    expect(workspace.encodingOf(folder.at("replaced.ts"))).toBe("utf-8");
  });

  test("bundles and binary files are set aside, large sources are not", async () => {
    const { workspace, folder } = await open({
      "bundle.js": `${db}${"x=1;".repeat(500_000)}`,
      "small-bundle.js": `${db}${"x=1;".repeat(50_000)}`,
      "binary.ts": `${db}\0\0`,
      "large.ts": `${db}${"const line = 'of thirty-six characters';\n".repeat(40_000)}`,
    });
    expect(sourcesOf(workspace)).toEqual(["large.ts"]);
    expect(workspace.problems).toEqual([
      { path: folder.at("binary.ts"), kind: "set aside", message: "set aside: binary" },
      {
        path: folder.at("bundle.js"),
        kind: "set aside",
        message: "set aside: generated: its lines are thousands of characters long",
      },
      {
        path: folder.at("small-bundle.js"),
        kind: "set aside",
        message: "set aside: generated: its lines are thousands of characters long",
      },
    ]);
  });
});

describe("change", () => {
  test("the same snapshot until something changes; an old one stays what it was", async () => {
    const { workspace, folder } = await open({ "db.ts": db });
    const first = workspace.snapshot();
    expect(workspace.snapshot()).toBe(first);
    workspace.setText(folder.at("db.ts"), `${db}// more\n`);
    const second = workspace.snapshot();
    expect(second.version).toBeGreaterThan(first.version);
    expect(first.sources.get(folder.at("db.ts"))).toBe(db);
    expect(second.sources.get(folder.at("db.ts"))).toBe(`${db}// more\n`);
    workspace.setText(folder.at("db.ts"), `${db}// more\n`);
    expect(workspace.snapshot()).toBe(second);
    folder.write({ "new.ts": db });
    workspace.changed([folder.at("new.ts")]);
    expect(second.exists(folder.at("new.ts"))).toBe(false);
    expect(workspace.snapshot().exists(folder.at("new.ts"))).toBe(true);
  });

  test("an open text hides the file until it is closed", async () => {
    const { workspace, folder } = await open({ "db.ts": db });
    const path = folder.at("db.ts");
    workspace.setText(path, "open");
    folder.write({ "db.ts": `${db}// disk\n` });
    workspace.changed([path]);
    workspace.snapshot();
    workspace.dropText(path);
    expect(workspace.snapshot().sources.get(path)).toBe(`${db}// disk\n`);
  });

  test("typing an import makes a candidate, and of its importers too", async () => {
    const { workspace, folder } = await open({
      "db.ts": "export const x = 1;",
      "user.ts": 'import { pool } from "./db";\npool.query("select 1");',
    });
    expect(sourcesOf(workspace)).toEqual([]);
    workspace.setText(folder.at("db.ts"), db);
    expect(sourcesOf(workspace)).toEqual(["db.ts", "user.ts"]);
    workspace.dropText(folder.at("db.ts"));
    expect(sourcesOf(workspace)).toEqual([]);
  });

  test("a document that is not on disk yet counts; one that git ignores, or outside, does not", async () => {
    const { workspace, folder } = await open({ ".gitignore": "out/\n" });
    workspace.setText(folder.at("new.ts"), db);
    workspace.setText(folder.at("out/new.ts"), db);
    workspace.setText(folder.at("node_modules/new.ts"), db);
    workspace.setText(join(folder.path, "../new.ts"), db);
    expect(sourcesOf(workspace)).toEqual(["new.ts"]);
    workspace.dropText(folder.at("new.ts"));
    expect(sourcesOf(workspace)).toEqual([]);
  });

  test("the watcher's files and folders: made, changed and removed", async () => {
    const { workspace, folder } = await open({ "a.ts": db });
    folder.write({ "sub/b.ts": db, "sub/.env": "A=1", "sub/node_modules/c.ts": db });
    workspace.changed([folder.at("sub")]);
    expect(sourcesOf(workspace)).toEqual(["a.ts", "sub/b.ts"]);
    expect(configurationsOf(workspace)).toEqual(["sub/.env"]);
    folder.write({ "a.ts": "export {}" });
    workspace.changed([folder.at("a.ts"), folder.at("sub/node_modules/c.ts")]);
    expect(sourcesOf(workspace)).toEqual(["sub/b.ts"]);
    rmSync(folder.at("sub"), { recursive: true });
    workspace.changed([folder.at("sub")]);
    expect(sourcesOf(workspace)).toEqual([]);
    expect(configurationsOf(workspace)).toEqual([]);
  });

  test("settings follow their file, saved or open", async () => {
    const { workspace, folder } = await open({ "a.ts": db, "test/a.ts": db }, { settings: { replicas: 2 } });
    const path = folder.at("bouncer-safe.json");
    expect(workspace.snapshot().settings.replicas).toBe(2);
    folder.write({ "bouncer-safe.json": '{ "replicas": 4 }' });
    workspace.changed([path]);
    expect(workspace.snapshot().settings.replicas).toBe(4);
    workspace.setText(path, '{ "replicas": 5, "rules": 1 }');
    expect(workspace.snapshot().settings.replicas).toBe(5);
    expect(workspace.problems).toMatchObject([
      { path, kind: "configuration", message: "`rules` is an object, not `1`" },
    ]);
    rmSync(path);
    workspace.dropText(path);
    expect(workspace.snapshot().settings.replicas).toBe(2);
    expect(workspace.problems).toEqual([]);
  });

  test("what the settings or git leave out goes, and comes back", async () => {
    const { workspace, folder } = await open({ "a.ts": db, "test/a.ts": db });
    workspace.setText(folder.at("test/open.ts"), db);
    folder.write({ "bouncer-safe.json": '{ "ignore": ["test/"] }' });
    workspace.changed([folder.at("bouncer-safe.json")]);
    expect(sourcesOf(workspace)).toEqual(["a.ts"]);
    rmSync(folder.at("bouncer-safe.json"));
    workspace.changed([folder.at("bouncer-safe.json")]);
    expect(sourcesOf(workspace)).toEqual(["a.ts", "test/a.ts", "test/open.ts"]);
    folder.write({ ".gitignore": "test\n" });
    workspace.changed([folder.at(".gitignore")]);
    expect(sourcesOf(workspace)).toEqual(["a.ts"]);
    rmSync(folder.at(".gitignore"));
    workspace.changed([folder.at(".gitignore")]);
    expect(sourcesOf(workspace)).toEqual(["a.ts", "test/a.ts", "test/open.ts"]);
  });

  test("typing an import of a member joins in, with its own importers", async () => {
    const { workspace, folder } = await open({
      "db.ts": db,
      "a.ts": "export const run = () => 1;",
      "b.ts": 'import { run } from "./a";\nrun().query("select 1");',
    });
    expect(sourcesOf(workspace)).toEqual(["db.ts"]);
    workspace.setText(folder.at("a.ts"), 'import { pool } from "./db";\nexport const run = () => pool;');
    expect(sourcesOf(workspace)).toEqual(["a.ts", "b.ts", "db.ts"]);
  });

  test("a configuration file in the editor counts as it is there", async () => {
    const { workspace, folder } = await open({ "a.ts": db, ".env": "A=1" });
    workspace.setText(folder.at(".env"), "A=2");
    expect(workspace.snapshot().configurations.get(folder.at(".env"))).toBe("A=2");
  });

  test("a file that vanishes between walk and read is no problem", async () => {
    const { workspace, folder } = await open({ "a.ts": db, "b.ts": db });
    rmSync(folder.at("b.ts"));
    expect(sourcesOf(workspace)).toEqual(["a.ts"]);
    expect(workspace.problems).toEqual([]);
  });
});
