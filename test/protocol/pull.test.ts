import { describe, expect, test } from "vitest";
import type { FullDocumentDiagnosticReport } from "vscode-languageserver";
import type { Client } from "./support/client.ts";
import { source, useServer } from "./support/use-server.ts";

const { start, folder } = useServer();

const pullFull = async (client: Client, uri: string) => (await client.pull(uri)) as FullDocumentDiagnosticReport;

describe("textDocument/diagnostic", () => {
  test("reports a finding with its range, severity, code and link", async () => {
    const files = folder();
    const client = await start({ folders: [files] });
    const uri = files.uriOf("a.ts");
    await client.open(uri, source("const 𐐷 = 1; MARK:no-mark:error"));

    const { items } = await pullFull(client, uri);

    expect(items).toEqual([
      {
        range: { start: { line: 1, character: 14 }, end: { line: 1, character: 32 } },
        severity: 1,
        code: "no-mark",
        codeDescription: { href: expect.stringMatching(/^https:.*\/docs\/rules\/no-mark\.md$/) },
        source: "bouncer-safe",
        message: "MARK:no-mark:error in transaction mode",
      },
    ]);
  });

  test.each([
    ["error", 1],
    ["warning", 2],
    ["information", 3],
    ["hint", 4],
  ])("severity %s is %d", async (severity, number) => {
    const files = folder();
    const client = await start({ folders: [files] });
    const uri = files.uriOf("a.ts");
    await client.open(uri, source(`MARK:no-mark:${severity}`));

    expect((await pullFull(client, uri)).items[0]?.severity).toBe(number);
  });

  test("follows incremental edits over CRLF and astral characters", async () => {
    const files = folder();
    const client = await start({ folders: [files] });
    const uri = files.uriOf("a.ts");
    await client.open(uri, 'import "pg";\r\nconst a = "𝒳";\r\n');
    expect(await client.messages(uri)).toEqual([]);

    // Behind the astral character, which is two units wide.
    await client.change(uri, {
      range: { start: { line: 1, character: 14 }, end: { line: 1, character: 14 } },
      text: " MARK:no-mark",
    });
    const { items } = await pullFull(client, uri);
    expect(items[0]?.range).toEqual({ start: { line: 1, character: 15 }, end: { line: 1, character: 27 } });

    await client.change(
      uri,
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "// two\r\n// lines\r\n" },
      { range: { start: { line: 3, character: 15 }, end: { line: 3, character: 20 } }, text: "FIX:" },
    );
    await client.change(uri, {
      range: { start: { line: 3, character: 26 }, end: { line: 3, character: 26 } },
      text: ":x",
    });
    const after = await pullFull(client, uri);
    expect(after.items.map(({ message, range }) => [message, range.start])).toEqual([
      ["FIX:no-mark:x in transaction mode", { line: 3, character: 15 }],
    ]);
  });

  test("an edit is in the very next answer", async () => {
    const files = folder();
    const client = await start({ folders: [files] });
    const uri = files.uriOf("a.ts");
    await client.open(uri, source(""));
    for (let round = 0; round < 20; round++) {
      const text = source("MARK:no-mark ".repeat(round));
      void client.change(uri, { text });
      expect(await client.messages(uri)).toHaveLength(round);
    }
  });

  test("an unchanged result keeps its id and is not sent again", async () => {
    const files = folder();
    const client = await start({ folders: [files] });
    const uri = files.uriOf("a.ts");
    await client.open(uri, source("MARK:no-mark"));
    const first = await client.pull(uri);

    expect(await client.pull(uri, first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });

    await client.change(uri, { text: source("MARK:no-mark\n// a comment below moves nothing") });
    expect(await client.pull(uri, first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });

    await client.change(uri, { text: `\n${source("MARK:no-mark")}` });
    const moved = await client.pull(uri, first.resultId);
    expect(moved).toMatchObject({ kind: "full", items: [{ range: { start: { line: 2 } } }] });
    expect(moved.resultId).not.toBe(first.resultId);
  });

  test("a result that comes back gets a new id, because the client keeps only the last", async () => {
    const files = folder();
    const client = await start({ folders: [files] });
    const uri = files.uriOf("a.ts");
    await client.open(uri, source("MARK:no-mark"));
    const first = await client.pull(uri);
    await client.change(uri, { text: source("") });
    await client.pull(uri, first.resultId);
    await client.change(uri, { text: source("MARK:no-mark") });

    expect(await client.pull(uri, first.resultId)).toMatchObject({ kind: "full", items: [{ code: "no-mark" }] });
  });

  test("related places of another file have that file's lines", async () => {
    const files = folder({ "db.ts": `\r\n\r\n${source("").trim()}` });
    const client = await start({ folders: [files] });
    await client.pullWorkspace();
    const uri = files.uriOf("a.ts");
    await client.open(uri, source("SEES:no-mark:db.ts"));

    const { items } = await pullFull(client, uri);

    expect(items[0]?.relatedInformation).toEqual([
      {
        location: {
          uri: files.uriOf("db.ts"),
          range: { start: { line: 0, character: 0 }, end: { line: 2, character: 2 } },
        },
        message: "here",
      },
    ]);
  });

  test("an edit elsewhere changes the result, and the client is asked to pull again", async () => {
    const files = folder();
    const client = await start({ folders: [files] });
    await client.pullWorkspace();
    const [a, db] = [files.uriOf("a.ts"), files.uriOf("db.ts")];
    await client.open(a, source("SEES:no-mark:db.ts"));
    await client.open(db, "export {};\n");
    const before = await client.pull(a);
    expect(before).toMatchObject({ kind: "full", items: [] });
    await client.pull(db);
    client.forget("workspace/diagnostic/refresh");

    await client.change(db, { text: source("") });
    await client.pull(db);
    await client.next("workspace/diagnostic/refresh");

    expect(await client.pull(a, before.resultId)).toMatchObject({ kind: "full", items: [{ code: "no-mark" }] });
  });

  test("closing a document goes back to what is on disk", async () => {
    const files = folder({ "a.ts": source("MARK:on-disk") });
    const client = await start({ folders: [files] });
    const uri = files.uriOf("a.ts");
    await client.pullWorkspace();
    await client.open(uri, source("MARK:in-editor"));
    expect(await client.messages(uri)).toEqual(["MARK:in-editor in transaction mode"]);

    await client.close(uri);

    expect(await client.messages(uri)).toEqual(["MARK:on-disk in transaction mode"]);
  });

  test.each([
    ["untitled:Untitled-1", "typescript"],
    ["git:/a.ts?HEAD", "typescript"],
    ["file:///a%2Fb.ts", "typescript"],
  ])("%s is no file of ours", async (uri, language) => {
    const client = await start({ folders: [folder()] });
    await client.open(uri, source("MARK:no-mark"), language);

    expect(await client.pull(uri)).toEqual({ kind: "full", items: [] });
  });

  test("a language that nobody reads has no findings", async () => {
    const files = folder();
    const client = await start({ folders: [files] });
    const uri = files.uriOf("notes.txt");
    await client.open(uri, source("MARK:no-mark"), "plaintext");

    expect(await client.messages(uri)).toEqual([]);
  });

  test("names with spaces, signs and letters of any script are the same file on both sides", async () => {
    const name = "a b/ü#%25+[x]/データ.ts";
    const files = folder({ [name]: source("MARK:no-mark") });
    const client = await start({ folders: [files] });

    const { items } = await client.pullWorkspace();
    expect(items.map(({ uri }) => decodeURIComponent(uri))).toEqual([decodeURIComponent(files.uriOf(name))]);
    // As VS Code writes it.
    const uri = `${files.uri}/a%20b/%C3%BC%23%2525%2B%5Bx%5D/%E3%83%87%E3%83%BC%E3%82%BF.ts`;
    await client.open(uri, source("MARK:in-editor"));
    expect(await client.messages(uri)).toEqual(["MARK:in-editor in transaction mode"]);
    expect((await client.pullWorkspace()).items).toMatchObject([{ uri, version: 1 }]);
  });
});
