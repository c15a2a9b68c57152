import { describe, expect, test } from "vitest";
import type { CodeAction, Range, TextDocumentEdit } from "vscode-languageserver";
import { applyTextEdits, type Client, fullCapabilities } from "./support/client.ts";
import { source, useServer } from "./support/use-server.ts";

const { start, folder } = useServer();

const whole: Range = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

async function open(text: string, name = "a.ts"): Promise<{ client: Client; uri: string }> {
  const files = folder();
  const client = await start({ folders: [files] });
  await client.open(files.uriOf(name), text);
  return { client, uri: files.uriOf(name) };
}

const titled = (actions: readonly CodeAction[], title: string): CodeAction => {
  const found = actions.find((action) => action.title === title);
  if (!found) throw new Error(`No action "${title}" among ${actions.map((action) => action.title).join(", ")}`);
  return found;
};

/** The text after an action that changes this document alone. */
function applied(text: string, action: CodeAction): string {
  const [change, ...others] = action.edit!.documentChanges as TextDocumentEdit[];
  expect(others).toEqual([]);
  return applyTextEdits(text, change!.edits as never);
}

describe("fixes", () => {
  test("offers every fix of the finding under the cursor; the safe one is preferred", async () => {
    const { client, uri } = await open(source("FIX:a:x; FIX:b:y"));

    const actions = await client.actions(uri, { start: { line: 1, character: 3 }, end: { line: 1, character: 3 } });

    expect(actions.map(({ title, kind, isPreferred }) => [title, kind, isPreferred])).toEqual([
      ["Remove", "quickfix", undefined],
      ["Replace by x", "quickfix", true],
      ["Disable a for this line", "quickfix", undefined],
      ["Disable a for this file", "quickfix", undefined],
      ["Explain a", "quickfix", undefined],
      ["Fix all safe bouncer-safe findings", "source.fixAll.bouncerSafe", undefined],
    ]);
    expect(titled(actions, "Replace by x").diagnostics).toMatchObject([
      { code: "a", range: { start: { line: 1, character: 0 } } },
    ]);
  });

  test("a suggestion is preferred where there is nothing better, and is no part of fixing all", async () => {
    const { client, uri } = await open(source("HINT:a:x; HINT:a:y"));

    const actions = await client.actions(uri, whole);

    expect(titled(actions, "Try x").isPreferred).toBe(true);
    expect(actions.filter(({ title }) => title.startsWith("Fix all"))).toEqual([]);
  });

  test.each([
    ["\n", "LF"],
    ["\r\n", "CRLF"],
    ["\r", "CR"],
  ])("the edit is exact behind astral characters and line ends %j", async (end) => {
    const text = `import "pg";${end}const 𐐷 = "🐘"; FIX:a:x // 🐘${end}`;
    const { client, uri } = await open(text);

    const action = titled(await client.actions(uri, whole), "Replace by x");

    expect(applied(text, action)).toBe(`import "pg";${end}const 𐐷 = "🐘"; x // 🐘${end}`);
  });

  test("edits name the version that they are for", async () => {
    const { client, uri } = await open(source(""));
    await client.change(uri, { text: source("FIX:a:x") });

    const action = titled(await client.actions(uri, whole), "Replace by x");

    expect(action.edit).toEqual({
      documentChanges: [
        {
          textDocument: { uri, version: 2 },
          edits: [{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 7 } }, newText: "x" }],
        },
      ],
    });
  });

  test("a fix may change another file, which has no version while it is closed", async () => {
    const files = folder({ "db.ts": `\uFEFF${source("")}` });
    const client = await start({ folders: [files] });
    await client.pullWorkspace();
    const uri = files.uriOf("a.ts");
    await client.open(uri, source("BOTH:a:db.ts"));

    const { edit } = titled(await client.actions(uri, whole), "Change both");

    expect(edit!.documentChanges).toEqual([
      { textDocument: { uri, version: 1 }, edits: [expect.objectContaining({ newText: "done" })] },
      {
        textDocument: { uri: files.uriOf("db.ts"), version: null },
        edits: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: "// done\n" }],
      },
    ]);
  });

  test("a client without versioned edits gets plain ones, one without action literals is offered none", async () => {
    const files = folder();
    const uri = files.uriOf("a.ts");
    const plain = await start({
      folders: [files],
      capabilities: { ...fullCapabilities, workspace: { ...fullCapabilities.workspace, workspaceEdit: {} } },
    });
    await plain.open(uri, source("FIX:a:x"));
    expect(titled(await plain.actions(uri, whole), "Replace by x").edit).toEqual({
      changes: {
        [uri]: [{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 7 } }, newText: "x" }],
      },
    });

    const bare = await start({ folders: [files], capabilities: {} });
    expect(bare.initializeResult.capabilities.codeActionProvider).toBe(false);
  });

  test("a document without findings has no actions, and a document of another kind none at all", async () => {
    const { client, uri } = await open(source("const a = 1;"));

    expect(await client.actions(uri, whole)).toEqual([]);
    expect(await client.actions("untitled:a", whole)).toEqual([]);
  });

  test("while a lamp is looked for, nothing is offered for lines elsewhere", async () => {
    const { client, uri } = await open(source("FIX:a:x\n\nconst quiet = 1;"));

    expect(
      await client.actions(
        uri,
        { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } },
        { triggerKind: 2 },
      ),
    ).toEqual([]);
  });
});

describe("fixing all", () => {
  test("of a rule, where it has more than one safe fix in the file", async () => {
    const text = source("FIX:a:x; FIX:b:y; FIX:a:z; HINT:a:no");
    const { client, uri } = await open(text);
    const cursor = { start: { line: 1, character: 3 }, end: { line: 1, character: 3 } };

    const action = titled(await client.actions(uri, cursor), "Fix all a findings in this file");

    expect(action.kind).toBe("quickfix");
    expect(applied(text, action)).toBe(source("x; FIX:b:y; z; HINT:a:no"));
  });

  test("of the file on save: safe fixes only, whatever the range", async () => {
    const text = source("FIX:a:x; HINT:b:y; FIX:c:z");
    const { client, uri } = await open(text);
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

    for (const only of [["source.fixAll"], ["source.fixAll.bouncerSafe"], ["source"]]) {
      const actions = await client.actions(uri, range, { only });
      expect(actions.map(({ kind }) => kind)).toEqual(["source.fixAll.bouncerSafe"]);
      expect(applied(text, actions[0]!)).toBe(source("x; HINT:b:y; z"));
    }
  });

  test("leaves alone what another file would have to follow", async () => {
    const files = folder({ "db.ts": source("") });
    const client = await start({ folders: [files] });
    await client.pullWorkspace();
    const uri = files.uriOf("a.ts");
    await client.open(uri, source("BOTH:a:db.ts"));

    expect(await client.actions(uri, whole, { only: ["source.fixAll"] })).toEqual([]);
  });

  test.each([[["refactor"]], [["source.organizeImports"]], [["source.fixAll.eslint"]], [["quickfix.other"]]])(
    "asked for %j, nothing is offered",
    async (only) => {
      const { client, uri } = await open(source("FIX:a:x"));

      expect(await client.actions(uri, whole, { only })).toEqual([]);
    },
  );

  test("asked for quick fixes, source actions are left out", async () => {
    const { client, uri } = await open(source("FIX:a:x"));

    const kinds = (await client.actions(uri, whole, { only: ["quickfix"] })).map(({ kind }) => kind);

    expect(new Set(kinds)).toEqual(new Set(["quickfix"]));
  });
});

describe("the rule's page", () => {
  test("opens in the client's browser", async () => {
    const { client, uri } = await open(source("MARK:no-mark"));
    const { command } = titled(await client.actions(uri, whole), "Explain no-mark");

    await client.request("workspace/executeCommand", { command: command!.command, arguments: command!.arguments });

    expect(await client.next("window/showDocument")).toEqual({
      uri: expect.stringMatching(/\/docs\/rules\/no-mark\.md$/),
      external: true,
    });
  });

  test("is not offered to a client that opens none", async () => {
    const files = folder();
    const client = await start({ folders: [files], capabilities: { ...fullCapabilities, window: {} } });
    await client.open(files.uriOf("a.ts"), source("MARK:no-mark"));

    expect((await client.actions(files.uriOf("a.ts"), whole)).filter(({ command }) => command)).toEqual([]);
  });
});
