import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FullDocumentDiagnosticReport } from "vscode-languageserver";
import type { StatusParams } from "../../server/src/lsp/protocol.ts";
import { Folder } from "./support/client.ts";
import { applied, rulesOf, useProduct, whole } from "./support/use-product.ts";

const { dist, start } = useProduct();

const code = `import { Pool } from "pg";

export const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "api" });

export async function pay(id: number): Promise<void> {
  await pool.query("BEGIN");
  await pool.query("UPDATE accounts SET balance = 0 WHERE id = $1", [id]);
  await pool.query("COMMIT");
}
`;

describe("the server that ships", () => {
  test("finds what is wrong in a document and in the workspace", async () => {
    const folder = new Folder({ "package.json": "{}", "pay.ts": code });
    const client = await start(folder);

    expect((await client.pullWorkspace()).items.map(({ uri }) => uri)).toEqual([folder.uriOf("pay.ts")]);
    await client.open(folder.uriOf("pay.ts"), code);
    expect(await rulesOf(client, folder.uriOf("pay.ts"))).toEqual([
      "require-pool-error-handler",
      "no-transaction-on-pool",
    ]);
  });

  test("a fix applied takes its finding away", async () => {
    const folder = new Folder({ "package.json": "{}", "pay.ts": code });
    const client = await start(folder);
    const uri = folder.uriOf("pay.ts");
    await client.pullWorkspace();
    await client.open(uri, code);
    const actions = await client.actions(uri, whole, { only: ["source.fixAll.bouncerSafe"] });

    await client.change(uri, { text: applied(code, actions[0]!) });

    expect(await rulesOf(client, uri)).toEqual(["no-transaction-on-pool"]);
  });

  test("an edit of pgbouncer.ini that is not saved decides over an open source, and the hover says why", async () => {
    const session = 'import { pool } from "./pay";\n\nexport const enter = () => pool.query("SET app.tenant = 1");\n';
    const ini = "[databases]\n* = host=db\n\n[pgbouncer]\npool_mode = transaction\n";
    const folder = new Folder({ "package.json": "{}", "pay.ts": code, "enter.ts": session, "pgbouncer.ini": ini });
    const client = await start(folder);
    await client.pullWorkspace();
    await client.open(folder.uriOf("enter.ts"), session);
    await client.open(folder.uriOf("pgbouncer.ini"), ini, "pgbouncer-ini");
    const hover = async (name: string, line: number, character: number) =>
      JSON.stringify(
        await client.request("textDocument/hover", {
          textDocument: { uri: folder.uriOf(name) },
          position: { line, character },
        }),
      );
    expect(await rulesOf(client, folder.uriOf("enter.ts"))).toEqual(["no-session-set"]);
    expect(await hover("enter.ts", 2, 30)).toContain("pgbouncer.ini:5");

    await client.change(folder.uriOf("pgbouncer.ini"), { text: ini.replace("transaction", "session") });
    client.forget("workspace/diagnostic/refresh");
    await client.pull(folder.uriOf("pgbouncer.ini"));
    // Told without being asked: the source itself did not change.
    await client.next("workspace/diagnostic/refresh");
    expect(await rulesOf(client, folder.uriOf("enter.ts"))).toEqual([]);
    expect(await hover("pay.ts", 2, 24)).toMatch(/pgbouncer.ini:5 pool[^ ]*mode=session/);
    expect(await hover("pgbouncer.ini", 4, 15)).toMatch(/session.*One pool is judged by it.*pay\.ts:3/);

    await client.change(folder.uriOf("pgbouncer.ini"), { text: ini });
    await client.pull(folder.uriOf("pgbouncer.ini"));
    expect(await rulesOf(client, folder.uriOf("enter.ts"))).toEqual(["no-session-set"]);
  });

  test.each(["line", "file"])("a comment for the %s silences a finding, and is no finding itself", async (what) => {
    const folder = new Folder({ "package.json": "{}", "pay.ts": code });
    const client = await start(folder);
    const uri = folder.uriOf("pay.ts");
    await client.pullWorkspace();
    const text = code.replaceAll("\n", "\r\n");
    await client.open(uri, text);
    const action = (await client.actions(uri, whole)).find(
      ({ title }) => title === `Disable no-transaction-on-pool for this ${what}`,
    );

    const silenced = applied(text, action!);
    await client.change(uri, { text: silenced });

    expect(await rulesOf(client, uri)).toEqual(["require-pool-error-handler"]);
    const next = (await client.actions(uri, whole)).find(
      ({ title }) => title === `Disable require-pool-error-handler for this ${what}`,
    );
    await client.change(uri, { text: applied(silenced, next!) });
    expect(await rulesOf(client, uri)).toEqual([]);
  });

  test("an edit of pgbouncer.ini that is not saved yet counts", async () => {
    const ini = "[databases]\napp = host=db\n[pgbouncer]\npool_mode = transaction\n";
    const folder = new Folder({ "package.json": "{}", "pay.ts": code, "pgbouncer.ini": ini });
    const client = await start(folder);
    const mode = (words: string) =>
      client.next<StatusParams>("bouncerSafe/status", ({ projects }) =>
        projects.some(({ label }) => label?.includes(words)),
      );
    await client.pullWorkspace();
    await mode("transaction mode");

    await client.open(folder.uriOf("pgbouncer.ini"), ini, "ini");
    await client.change(folder.uriOf("pgbouncer.ini"), { text: ini.replace("transaction", "session") });
    await client.pullWorkspace();

    await mode("session mode");
  });

  test.each([
    [".env", "DATABASE_URL=postgres://u:p@pgbouncer:6432/app\n", "pgbouncer:6432", "db.abcdefgh.supabase.co:5432"],
    [
      "compose.yml",
      "services:\n  pool:\n    image: edoburu/pgbouncer:1.18.0\n    environment: { POOL_MODE: transaction }\n",
      "POOL_MODE: transaction",
      "POOL_MODE: session",
    ],
    [
      "k8s/pool.yaml",
      "apiVersion: v1\nkind: ConfigMap\ndata:\n  pgbouncer.ini: |\n    [pgbouncer]\n    pool_mode = transaction\n",
      "= transaction",
      "= session",
    ],
    [
      "pgbouncer.ini",
      "[databases]\napp = host=db\n[pgbouncer]\npool_mode = transaction\n",
      "= transaction",
      "= session",
    ],
  ])("an unsaved line of %s makes findings in an open document vanish and appear", async (name, text, words, other) => {
    const listening = `import { Client } from "pg";\nconst client = new Client({ connectionString: process.env.DATABASE_URL, application_name: "a" });\nclient.on("error", console.error);\nawait client.connect();\nawait client.query("LISTEN jobs");\n`;
    const folder = new Folder({ "package.json": "{}", "listen.ts": listening, [name]: text });
    const client = await start(folder);
    const uri = folder.uriOf("listen.ts");
    await client.pullWorkspace();
    await client.open(uri, listening);
    await client.open(folder.uriOf(name), text, "plaintext");
    expect(await rulesOf(client, uri)).toContain("no-listen");
    client.forget("workspace/diagnostic/refresh");

    await client.change(folder.uriOf(name), { text: text.replace(words, other) });
    // The editor pulls what was edited, and hears from that that other documents have other findings now.
    await client.pull(folder.uriOf(name));
    await client.next("workspace/diagnostic/refresh");
    expect(await rulesOf(client, uri)).not.toContain("no-listen");

    await client.change(folder.uriOf(name), { text });
    expect(await rulesOf(client, uri)).toContain("no-listen");
  });

  test.each([
    ["half-typed", "[databases]\napp = host='\n[pgb\npool_mode\n= x\n%include\n[pgbouncer]\npool_mode = "],
    ["with Windows line ends", "[databases]\r\napp = host=db\r\n[pgbouncer]\r\npool_mode = transaction ; x\r\n"],
    ["with a byte order mark", "\uFEFF[pgbouncer]\npool_mode = transaction\n"],
    ["that is no text", "[pgbouncer]\n\0\u0001\ufffd = \0\npool_mode\0=\n"],
    ["that includes itself", "[pgbouncer]\n%include pgbouncer.ini\npool_mode = session\n"],
    ["with a line without end", `[databases]\n* = ${"host=a ".repeat(30_000)}`],
  ])("a pgbouncer.ini %s is answered", async (_, text) => {
    const folder = new Folder({ "package.json": "{}", "pay.ts": code, "pgbouncer.ini": text });
    const client = await start(folder);
    const uri = folder.uriOf("pgbouncer.ini");
    await client.pullWorkspace();
    await client.open(uri, text, "pgbouncer-ini");
    const report = (await client.pull(uri)) as FullDocumentDiagnosticReport;
    expect(report.kind).toBe("full");
    await client.actions(uri, whole);
    expect(await rulesOf(client, folder.uriOf("pay.ts"))).toContain("no-transaction-on-pool");
    expect(client.logged(1)).toEqual([]);
  });

  test("half-typed code is answered", async () => {
    const folder = new Folder({ "package.json": "{}", "pay.ts": code });
    const client = await start(folder);
    const uri = folder.uriOf("pay.ts");
    await client.open(uri, code);
    for (const length of [code.length - 3, 300, 200, 130, 60, 20]) {
      await client.change(uri, { text: code.slice(0, length) });
      expect((await client.pull(uri)).kind).toBe("full");
    }
    expect(client.logged(1)).toEqual([]);
  });

  test("the command line serves the same", async () => {
    const folder = new Folder({ "package.json": "{}", "pay.ts": code });
    const client = await start(folder, { server: join(dist, "cli.js"), arguments: ["lsp", "--stdio"] });

    expect((await client.pullWorkspace()).items).toHaveLength(1);
    expect(await client.stop()).toBe(0);
  });

  test("without database code neither the compiler nor PostgreSQL's parser is read", async () => {
    const bare = mkdtempSync(join(tmpdir(), "bouncer-safe-bare-"));
    cpSync(dist, bare, { recursive: true });
    rmSync(join(bare, "typescript.js"));
    rmSync(join(bare, "libpg-query.wasm"));
    const folder = new Folder({ "package.json": "{}", "a.ts": "export const a = 1;\n" });
    const client = await start(folder, { server: join(bare, "server.js") });
    const uri = folder.uriOf("a.ts");
    await client.open(uri, "export const a = 2;\n");

    expect(await client.pull(uri)).toMatchObject({ kind: "full", items: [] });
    expect(await client.pullWorkspace()).toEqual({ items: [] });
    expect(client.logged(1)).toEqual([]);

    // They were really gone.
    await client.change(uri, { text: code });
    await client.pull(uri);
    expect(client.logged(1)).not.toEqual([]);
    rmSync(bare, { recursive: true });
  });
});
