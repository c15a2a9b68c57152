import { describe, expect, test } from "vitest";
import type {
  CompletionItem,
  DocumentSymbol,
  FoldingRange,
  Hover,
  MarkupContent,
  Position,
  TextEdit,
} from "vscode-languageserver";
import { applyTextEdits, type Client } from "./support/client.ts";
import { source, useServer } from "./support/use-server.ts";

const { start, folder } = useServer();

const text = `; pooler of the shop
[databases]
shop=host=db   password='a b'

[pgbouncer]
pool_mode=transaction  
max_client_conn = 200
`;

async function open(content = text, name = "pgbouncer.ini", languageId = "pgbouncer-ini") {
  const files = folder();
  const client = await start({ folders: [files] });
  const uri = files.uriOf(name);
  await client.open(uri, content, languageId);
  return { client, uri, textDocument: { uri } };
}

const formatted = async (client: Client, uri: string, content: string) =>
  applyTextEdits(
    content,
    await client.request<TextEdit[]>("textDocument/formatting", {
      textDocument: { uri },
      options: { tabSize: 4, insertSpaces: true },
    }),
  );

const complete = (client: Client, uri: string, position: Position) =>
  client.request<CompletionItem[]>("textDocument/completion", { textDocument: { uri }, position });

const hover = async (client: Client, uri: string, position: Position) =>
  (
    (await client.request<Hover | null>("textDocument/hover", { textDocument: { uri }, position }))?.contents as
      | MarkupContent
      | undefined
  )?.value;

describe("pgbouncer.ini", () => {
  test("has its features registered for its documents alone", async () => {
    const { client } = await open();
    expect(client.initializeResult.capabilities).not.toHaveProperty("documentFormattingProvider");
    for (const method of ["completion", "documentSymbol", "foldingRange", "formatting", "rangeFormatting"]) {
      const { registrations } = await client.next<{
        registrations: { method: string; registerOptions: { documentSelector: object[] } }[];
      }>("client/registerCapability", (params) => params.registrations[0]?.method === `textDocument/${method}`);
      const selector = registrations[0]!.registerOptions.documentSelector;
      expect(selector).toContainEqual({ scheme: "file", language: "pgbouncer-ini" });
      expect(JSON.stringify(selector)).not.toMatch(/typescript|\*\.ts/);
    }
  });

  test("a client that cannot be told later hears of them at once", async () => {
    const client = await start({ folders: [folder()], capabilities: {} });
    expect(client.initializeResult.capabilities).toMatchObject({
      completionProvider: { triggerCharacters: ["[", "=", " ", ","] },
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      documentFormattingProvider: true,
      documentRangeFormattingProvider: true,
    });
  });

  test("completes what is being typed, not what was analysed", async () => {
    const { client, uri } = await open();
    const end = { line: 7, character: 0 };
    await client.change(uri, { range: { start: end, end }, text: "default_p" });
    const items = await complete(client, uri, { line: 7, character: 9 });
    expect(items.find(({ label }) => label === "default_pool_size")).toMatchObject({
      detail: "20 connections",
      insertTextFormat: 2,
      textEdit: {
        range: { start: { line: 7, character: 0 }, end: { line: 7, character: 9 } },
        newText: expect.stringMatching(/^default_pool_size = \$\{1:20\}$/),
      },
      documentation: { kind: "markdown", value: expect.stringContaining("**default_pool_size**") },
    });
    const modes = await complete(client, uri, { line: 5, character: 10 });
    expect(modes.map(({ label }) => label)).toEqual(["session", "transaction", "statement"]);
  });

  test("a client without snippets and Markdown gets plain text", async () => {
    const files = folder();
    const client = await start({ folders: [files], capabilities: {} });
    await client.open(files.uriOf("pgbouncer.ini"), "[pgbouncer]\n", "ini");
    const items = await complete(client, files.uriOf("pgbouncer.ini"), { line: 1, character: 0 });
    const item = items.find(({ label }) => label === "pool_mode");
    expect(item).toMatchObject({ insertTextFormat: 1, textEdit: { newText: "pool_mode = " } });
    const { kind, value } = item!.documentation as MarkupContent;
    expect(kind).toBe("plaintext");
    expect(value).not.toMatch(/[*`]|\]\(/);
  });

  test("has an outline and folds", async () => {
    const { client, textDocument } = await open();
    const symbols = await client.request<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument });
    expect(symbols.map(({ name, children }) => [name, children?.map((child) => child.name)])).toEqual([
      ["[databases]", ["shop"]],
      ["[pgbouncer]", ["pool_mode", "max_client_conn"]],
    ]);
    const folds = await client.request<FoldingRange[]>("textDocument/foldingRange", { textDocument });
    expect(folds.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
      [1, 2],
      [4, 6],
    ]);
  });

  test("is formatted, whole or in part", async () => {
    const { client, uri, textDocument } = await open();
    expect(await formatted(client, uri, text)).toBe(
      text.replace("shop=host", "shop = host").replace("pool_mode=transaction  ", "pool_mode = transaction"),
    );
    const part = await client.request<TextEdit[]>("textDocument/rangeFormatting", {
      textDocument,
      range: { start: { line: 4, character: 0 }, end: { line: 6, character: 0 } },
      options: { tabSize: 4, insertSpaces: true },
    });
    expect(applyTextEdits(text, part)).toBe(text.replace("pool_mode=transaction  ", "pool_mode = transaction"));
  });

  test("tells under the mouse what a setting, a section and a parameter mean", async () => {
    const { client, uri } = await open();
    const setting = await hover(client, uri, { line: 6, character: 3 });
    expect(setting).toMatch(/^\*\*max_client_conn\*\*: a number of clients; default: `100`/);
    expect(setting).toContain("https://www.pgbouncer.org/config.html#max_client_conn");
    expect(await hover(client, uri, { line: 4, character: 3 })).toContain("**[pgbouncer]**: Settings of PgBouncer");
    expect(await hover(client, uri, { line: 2, character: 6 })).toMatch(/^\*\*host\*\*: text; /);
    const password = await hover(client, uri, { line: 2, character: 26 });
    expect(password).toMatch(/^\*\*password\*\*/);
    expect(password).not.toContain("a b");
    expect(await hover(client, uri, { line: 0, character: 4 })).toBeUndefined();
  });

  test("names the pools that are judged by a line", async () => {
    const files = folder({ "db.ts": source("POOL()"), "pgbouncer.ini": text });
    const client = await start({ folders: [files] });
    await client.pullWorkspace();
    await client.open(files.uriOf("pgbouncer.ini"), text, "pgbouncer-ini");
    const shown = await hover(client, files.uriOf("pgbouncer.ini"), { line: 5, character: 12 });
    expect(shown).toMatch(/^\*\*pool_mode = transaction\*\*: A server connection goes back/);
    expect(shown).toContain("One pool is judged by it:");
    expect(shown).toContain(`[db.ts:2](${files.uriOf("db.ts")}#L2): node-postgres, application name \`api\``);
    const key = await hover(client, files.uriOf("pgbouncer.ini"), { line: 5, character: 2 });
    expect(key).toMatch(/judged by it:\n\n- .*\n\nValues:\n\n- `session`: /);
    const other = await hover(client, files.uriOf("pgbouncer.ini"), { line: 6, character: 2 });
    expect(other).not.toContain("judged by it");
  });

  test.each(["dosini", "ini", "properties"])("is known by its name where the editor calls it %s", async (language) => {
    const { client, uri } = await open("[pgbouncer]\npool_mode=\n", "conf/pgbouncer.prod.ini", language);
    expect(await complete(client, uri, { line: 1, character: 10 })).toHaveLength(3);
  });

  test("no other document has any of it", async () => {
    const { client, textDocument, uri } = await open("[pgbouncer]\na=b\n", "settings.ini", "ini");
    expect(await complete(client, uri, { line: 1, character: 0 })).toEqual([]);
    expect(await client.request("textDocument/documentSymbol", { textDocument })).toEqual([]);
    expect(await formatted(client, uri, "[pgbouncer]\na=b\n")).toBe("[pgbouncer]\na=b\n");
  });

  test.each([
    ["half-typed lines", "[pgb\npool_mode\n=\n[databases]\na = host='\n%include\n'"],
    ["Windows line ends", text.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\uFEFF${text}`],
    ["no text", ""],
    ["bytes that are no text", "\0\u0001[pgbouncer]\0pool_mode = \ufffd\n"],
    ["one very long line", `[databases]\na = ${"host=b ".repeat(20_000)}`],
  ])("is no trouble with %s", async (_, content) => {
    const { client, uri, textDocument } = await open(content);
    const lines = content.split(/\r?\n/);
    for (const [line, { length }] of lines.entries()) {
      await complete(client, uri, { line, character: length });
      await hover(client, uri, { line, character: 1 });
    }
    await client.request("textDocument/documentSymbol", { textDocument });
    await client.request("textDocument/foldingRange", { textDocument });
    const once = await formatted(client, uri, content);
    expect(once.replace(/[ \t]/g, "")).toBe(content.replace(/[ \t]/g, ""));
    expect(client.logged(1)).toEqual([]);
  });
});
