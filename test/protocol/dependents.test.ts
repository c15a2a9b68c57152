import { describe, expect, test } from "vitest";
import type { FullDocumentDiagnosticReport } from "vscode-languageserver";
import { Folder, fullCapabilities } from "./support/client.ts";
import { rulesOf, useProduct } from "./support/use-product.ts";

const { start } = useProduct();

const db = `import { Pool, type PoolClient } from "pg";

export const pool = new Pool({ application_name: "shop", max: 5 });
pool.on("error", console.error);

export async function withTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
`;

const plain = db.replace(/ {4}await client\.query\("(?:BEGIN|COMMIT|ROLLBACK)"\);\n/g, "");

const dependent = (index: number): string => `import { withTransaction } from "./db.ts";

export function charge${index}(id: number): Promise<void> {
  return withTransaction(async (client) => {
    await client.query("UPDATE orders SET state = 'charged' WHERE id = $1", [id]);
    await fetch("https://pay.example/charges", { method: "POST" });
  });
}
`;

const count = 40;
const names = Array.from({ length: count }, (_, index) => `src/orders-${index}.ts`);
const workspace = (): Folder =>
  new Folder({
    "package.json": '{ "dependencies": { "pg": "^8.0.0" } }',
    "src/db.ts": db,
    ...Object.fromEntries(names.map((name, index) => [name, dependent(index)])),
  });
const rule = "no-external-await-in-transaction";

describe("an edit in a helper that many files import", () => {
  test("changes the findings of an open dependent that nobody touched", async () => {
    const folder = workspace();
    const client = await start(folder);
    const [uri, helper] = [folder.uriOf("src/orders-0.ts"), folder.uriOf("src/db.ts")];
    await client.pullWorkspace();
    await client.open(uri, dependent(0));
    await client.open(helper, db);
    const first = (await client.pull(uri)) as FullDocumentDiagnosticReport;
    expect(first.items.map(({ code }) => code)).toEqual([rule]);
    // The way from BEGIN, which is in the other file.
    expect(first.items[0]!.relatedInformation?.length).toBeGreaterThan(0);
    client.forget("workspace/diagnostic/refresh");

    await client.change(helper, { text: plain });
    await client.pull(helper);
    // The editor is told to ask again: it knows of one edited document.
    await client.next("workspace/diagnostic/refresh");
    const second = (await client.pull(uri, first.resultId)) as FullDocumentDiagnosticReport;
    expect(second).toMatchObject({ kind: "full", items: [] });

    await client.change(helper, { text: db });
    await client.pull(helper);
    await client.next("workspace/diagnostic/refresh");
    expect(await client.pull(uri, second.resultId)).toMatchObject({ kind: "full", items: first.items });
  });

  test("reaches the dependents that are closed, and only what changed is told again", async () => {
    const folder = workspace();
    const client = await start(folder);
    const helper = folder.uriOf("src/db.ts");
    const before = await client.pullWorkspace();
    expect(before.items).toHaveLength(count);
    await client.open(helper, db);

    await client.change(helper, { text: plain });
    const ids = before.items.map(({ uri, resultId }) => ({ uri, value: resultId! }));
    const after = await client.pullWorkspace(ids);

    const told = after.items.filter(({ kind }) => kind === "full") as (FullDocumentDiagnosticReport & {
      uri: string;
    })[];
    expect(told.filter(({ items }) => items.length > 0)).toEqual([]);
    expect(new Set(told.map(({ uri }) => uri))).toEqual(new Set(names.map((name) => folder.uriOf(name))));
  });

  test("each key is answered while the helper is typed, and the last text decides", async () => {
    const folder = workspace();
    const client = await start(folder);
    const [uri, helper] = [folder.uriOf("src/orders-7.ts"), folder.uriOf("src/db.ts")];
    await client.pullWorkspace();
    await client.open(uri, dependent(7));
    await client.open(helper, plain);
    const line = plain.split("\n").findIndex((text) => text.includes("const result"));
    for (const [character, text] of [...'    await client.query("BEGIN");\n'].entries()) {
      await client.change(helper, { range: { start: { line, character }, end: { line, character } }, text });
      expect((await client.pull(helper)).kind).toBe("full");
    }

    expect(await rulesOf(client, uri)).toContain(rule);
    expect(client.logged(1)).toEqual([]);
  });

  test("is pushed to an editor that does not ask", async () => {
    const folder = workspace();
    const { diagnostic: _, ...textDocument } = fullCapabilities.textDocument!;
    const client = await start(folder, { capabilities: { ...fullCapabilities, textDocument } });
    const [uri, helper] = [folder.uriOf("src/orders-3.ts"), folder.uriOf("src/db.ts")];
    const published = (found: boolean) =>
      client.next<{ uri: string; diagnostics: unknown[] }>(
        "textDocument/publishDiagnostics",
        (params) => params.uri === uri && params.diagnostics.length > 0 === found,
      );
    await client.open(uri, dependent(3));
    await published(true);
    await client.open(helper, db);

    await client.change(helper, { text: plain });
    await published(false);

    await client.change(helper, { text: db });
    await published(true);
  });
});
