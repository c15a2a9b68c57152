import { describe, expect, test } from "vitest";
import type { CodeAction, Diagnostic, FullDocumentDiagnosticReport, Hover, Position } from "vscode-languageserver";
import { type Client, Folder } from "./support/client.ts";
import { applied, rulesOf, useProduct, whole } from "./support/use-product.ts";

const { start } = useProduct();

const requirements = "sqlalchemy==2.0.36\npsycopg2-binary==2.9.9\npsycopg[binary,pool]==3.2.3\nrequests==2.32.3\n";
const ini = "[databases]\napp = host=db\n\n[pgbouncer]\npool_mode = transaction\nidle_transaction_timeout = 60\n";

const engine = `"""The shop's database."""

from os import environ

from sqlalchemy import create_engine

url = environ["DATABASE_URL"]
engine = create_engine(url, pool_size=5)
`;

const helper = `from psycopg_pool import ConnectionPool

pool = ConnectionPool("postgresql://app@pooler/app?application_name=shop", open=True, min_size=0, max_size=4)


def in_transaction(work):
    with pool.connection() as connection:
        with connection.transaction():
            return work(connection)
`;

const orders = `import requests

from .db import in_transaction


def charge(order):
    def work(connection):
        connection.execute("UPDATE orders SET state = 'charged' WHERE id = %s", (order,))
        requests.post("https://pay.example/charges", timeout=10)

    in_transaction(work)
`;

const crlf = (text: string): string => text.replaceAll("\n", "\r\n");

/** A workspace of these files, the first of which is open. */
async function opened(
  files: Readonly<Record<string, string>>,
): Promise<{ client: Client; uri: string; folder: Folder }> {
  const folder = new Folder({ "requirements.txt": requirements, "pgbouncer.ini": ini, ...files });
  const client = await start(folder);
  const [[name, text]] = Object.entries(files) as [[string, string]];
  await client.pullWorkspace();
  await client.open(folder.uriOf(name), text, "python");
  return { client, uri: folder.uriOf(name), folder };
}

const items = async (client: Client, uri: string): Promise<Diagnostic[]> =>
  ((await client.pull(uri)) as FullDocumentDiagnosticReport).items;

async function action(client: Client, uri: string, title: RegExp): Promise<CodeAction> {
  const actions = await client.actions(uri, whole);
  const found = actions.find((each) => title.test(each.title));
  if (!found) throw new Error(`No action ${title} among ${actions.map((each) => each.title).join(", ")}`);
  return found;
}

const positionOf = (text: string, words: string): Position => {
  const before = text.slice(0, text.indexOf(words)).split(/\r\n|\n/);
  return { line: before.length - 1, character: before.at(-1)!.length };
};

describe("Python", () => {
  test("an engine has findings where it stands, in an open document and in the workspace", async () => {
    const { client, uri, folder } = await opened({ "shop/db.py": engine });

    const found = await items(client, uri);

    expect(found.map(({ code }) => code)).toEqual(["no-double-pool", "require-application-name", "require-pre-ping"]);
    const start = positionOf(engine, "create_engine(url");
    expect(found[0]!.range).toEqual({
      start,
      end: { ...start, character: "engine = create_engine(url, pool_size=5)".length },
    });
    expect(found[0]!.message).toContain("pgbouncer.ini:5 pool_mode=transaction");
    const report = await client.pullWorkspace();
    // What is said of pgbouncer.ini itself is another matter.
    const told = report.items.flatMap((each) => (each.kind === "full" && each.items.length > 0 ? [each.uri] : []));
    expect(told.filter((each) => !each.endsWith(".ini"))).toEqual([folder.uriOf("shop/db.py")]);
  });

  test.each([
    ["LF", engine],
    ["CRLF", crlf(engine)],
  ])("the NullPool fix adds its import and drops the sizes: %s", async (_, text) => {
    const { client, uri } = await opened({ "shop/db.py": text });

    const fixed = applied(text, await action(client, uri, /NullPool/));

    const lines = text.replace(", pool_size=5", ", poolclass=NullPool");
    const end = text.includes("\r") ? "\r\n" : "\n";
    const imported = "from sqlalchemy import create_engine";
    expect(fixed).toBe(lines.replace(imported, `${imported}${end}from sqlalchemy.pool import NullPool`));
    await client.change(uri, { text: fixed });
    expect(await rulesOf(client, uri)).toEqual(["require-application-name"]);
  });

  test("an import that is there already is not added again, whatever its name", async () => {
    const text = engine.replace("import create_engine", "import create_engine, pool as pools");
    const { client, uri } = await opened({ "shop/db.py": text });

    const fixed = applied(text, await action(client, uri, /NullPool/));

    expect(fixed.match(/import/g)).toHaveLength(
      text.match(/import/g)!.length + (fixed.includes("pools.NullPool") ? 0 : 1),
    );
    await client.change(uri, { text: fixed });
    expect(await rulesOf(client, uri)).not.toContain("no-double-pool");
  });

  test("everything that is safe is mended at once", async () => {
    const { client, uri } = await opened({ "shop/db.py": engine });
    const [all] = await client.actions(uri, whole, { only: ["source.fixAll.bouncerSafe"] });

    const fixed = applied(engine, all!);

    expect(fixed).toContain("pool_pre_ping=True");
    await client.change(uri, { text: fixed });
    expect(await rulesOf(client, uri)).toEqual(["no-double-pool", "require-application-name"]);
  });

  test.each([
    ["line", /^( *)# bouncer-safe-disable-next-line no-double-pool\r?\n\1engine = /m],
    ["file", /^# bouncer-safe-disable no-double-pool\r?\n"""/],
  ])("a comment for the %s silences a finding", async (what, written) => {
    for (const text of [engine, crlf(engine)]) {
      const { client, uri } = await opened({ "shop/db.py": text });
      const silenced = applied(text, await action(client, uri, new RegExp(`Disable no-double-pool for this ${what}`)));

      expect(silenced).toMatch(written);
      expect(silenced.includes("\r\n")).toBe(text.includes("\r\n"));
      await client.change(uri, { text: silenced });
      expect(await rulesOf(client, uri)).toEqual(["require-application-name", "require-pre-ping"]);
    }
  });

  test("a comment for a line goes where a comment may stand", async () => {
    const texts = [
      engine.replace("create_engine(url, pool_size=5)", "None or \\\n    create_engine(url, pool_size=5)"),
      engine.replace("create_engine(url, pool_size=5)", '"""\n""" and create_engine(url, pool_size=5)'),
    ];
    for (const text of texts) {
      const { client, uri } = await opened({ "shop/db.py": text });
      expect(await rulesOf(client, uri)).toContain("no-double-pool");
      const titles = (await client.actions(uri, whole)).map(({ title }) => title);
      expect(titles).not.toContain("Disable no-double-pool for this line");
      expect(titles).toContain("Disable no-double-pool for this file");
    }
  });

  test("the hover over an engine tells which pooler it talks to", async () => {
    const { client, uri } = await opened({ "shop/db.py": engine });

    const hover = await client.request<Hover>("textDocument/hover", {
      textDocument: { uri },
      position: positionOf(engine, "_engine(url"),
    });

    expect(JSON.stringify(hover.contents)).toContain("pgbouncer.ini:5");
    expect(hover.range).toMatchObject({ start: positionOf(engine, "create_engine(url") });
  });

  test("work outside the database is found inside a transaction that a helper in another module opened", async () => {
    const { client, uri } = await opened({
      "shop/orders.py": orders,
      "shop/db.py": helper,
      "shop/__init__.py": "",
    });

    const [found, ...others] = await items(client, uri);

    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: "no-external-await-in-transaction", severity: 1 });
    expect(found!.range.start).toEqual(positionOf(orders, "requests.post"));
    expect(found!.relatedInformation?.map(({ location }) => location.uri)).toContain(uri);
  });
});

describe("Python while it is typed", () => {
  test("every beginning of a file is answered, without a fault", async () => {
    const { client, uri } = await opened({ "shop/db.py": engine });
    for (let length = engine.length; length >= 0; length -= 7) {
      await client.change(uri, { text: engine.slice(0, length) });
      expect((await client.pull(uri)).kind).toBe("full");
    }
    expect(client.logged(1)).toEqual([]);
  });

  test("an unfinished line below does not take the findings above away", async () => {
    const { client, uri } = await opened({ "shop/db.py": engine });
    for (const tail of ["def total(", "with engine.begin() as", "  x = [", "@app.", 'f"{', "async def run():\n"]) {
      await client.change(uri, { text: `${engine}\n\n${tail}` });
      expect(await rulesOf(client, uri), tail).toContain("no-double-pool");
    }
  });

  test.each([
    ["LF", engine],
    ["CRLF", crlf(engine)],
  ])("edits arrive as ranges, one key at a time: %s", async (_, text) => {
    const { client, uri } = await opened({ "shop/db.py": text });
    const words = ", pool_size=5";
    const at = positionOf(text, words);
    await client.change(uri, {
      range: { start: at, end: { ...at, character: at.character + words.length } },
      text: "",
    });
    expect(await rulesOf(client, uri)).toContain("no-double-pool");

    const typed = ", poolclass=NullPool";
    for (const [index, key] of [...typed].entries()) {
      const here = { ...at, character: at.character + index };
      await client.change(uri, { range: { start: here, end: here }, text: key });
      expect((await client.pull(uri)).kind).toBe("full");
    }
    const line = positionOf(text, "url = ");
    const end = text.includes("\r") ? "\r\n" : "\n";
    await client.change(uri, {
      range: { start: line, end: line },
      text: `from sqlalchemy.pool import NullPool${end}`,
    });

    expect(await rulesOf(client, uri)).toEqual(["require-application-name"]);
    const [found] = await items(client, uri);
    expect(found!.range.start).toEqual({ line: line.line + 2, character: "engine = ".length });
  });

  test("columns are counted in UTF-16, behind astral characters too", async () => {
    const text = engine.replace("engine = create_engine(", 'names = "🐘𐐷"; engine = create_engine(');
    const { client, uri } = await opened({ "shop/db.py": text });

    const [found] = await items(client, uri);

    expect(found!.range.start).toEqual(positionOf(text, "create_engine(url"));
    const fixed = applied(text, await action(client, uri, /NullPool/));
    expect(fixed).toContain('names = "🐘𐐷"; engine = create_engine(url, poolclass=NullPool)');
  });

  test("an edit of a module changes the findings of those that import it, without their being touched", async () => {
    const { client, uri, folder } = await opened({
      "shop/orders.py": orders,
      "shop/db.py": helper,
      "shop/__init__.py": "",
    });
    const db = folder.uriOf("shop/db.py");
    await client.open(db, helper, "python");
    expect(await rulesOf(client, uri)).toEqual(["no-external-await-in-transaction"]);
    client.forget("workspace/diagnostic/refresh");

    await client.change(db, { text: `${helper.slice(0, helper.indexOf("    with"))}    return work(None)\n` });
    await client.pull(db);
    await client.next("workspace/diagnostic/refresh");
    expect(await rulesOf(client, uri)).toEqual([]);

    await client.change(db, { text: helper });
    await client.pull(db);
    expect(await rulesOf(client, uri)).toEqual(["no-external-await-in-transaction"]);
  });
});
