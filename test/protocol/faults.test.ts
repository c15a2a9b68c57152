import { describe, expect, test } from "vitest";
import { CancellationTokenSource } from "vscode-jsonrpc";
import type { Client } from "./support/client.ts";
import { source, useServer } from "./support/use-server.ts";

const { start, folder } = useServer();

const errors = (client: Client) => client.logged(1).map((message) => message.split("\n")[0]);

describe("a crash of the analysis", () => {
  test("is logged once, keeps what the client shows, and is over with the next edit", async () => {
    const files = folder();
    const client = await start({ folders: [files] });
    const uri = files.uriOf("a.ts");
    await client.open(uri, source("MARK:a"));
    const before = await client.pull(uri);
    await client.change(uri, { text: source("MARK:a CRASH") });

    expect(await client.pull(uri, before.resultId)).toEqual({ kind: "unchanged", resultId: before.resultId });
    expect(await client.pull(uri)).toEqual({ kind: "full", items: [] });
    await client.change(uri, { text: source("MARK:b CRASH") });
    await client.pull(uri);
    expect((await client.pullWorkspace([{ uri, value: before.resultId! }])).items).toEqual([]);
    expect(await client.actions(uri, { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } })).toEqual([]);

    await client.change(uri, { text: source("MARK:c") });
    expect(await client.messages(uri)).toEqual(["MARK:c in transaction mode"]);
    expect(errors(client)).toEqual(["The analysis failed: Error: fell over a.ts"]);
  });

  test("a file that is set aside is named, and costs the others nothing", async () => {
    const files = folder({ "a.ts": source("BROKEN"), "b.ts": source("MARK:b") });
    const client = await start({ folders: [files] });

    expect((await client.pullWorkspace()).items).toMatchObject([{ uri: files.uriOf("b.ts") }]);
    await client.pullWorkspace();

    expect(errors(client)).toEqual([
      `The front end failed on ${files.path}/a.ts and is left out there: cannot be read`,
    ]);
  });
});

describe("cancellation", () => {
  test("of a pull that waits for the analysis", async () => {
    const files = folder();
    const client = await start({ folders: [files] });
    const uri = files.uriOf("a.ts");
    await client.open(uri, source("SLOW MARK:a"));
    const cancel = new CancellationTokenSource();
    const pull = client.request("textDocument/diagnostic", { textDocument: { uri } }, cancel.token);
    cancel.cancel();

    await expect(pull).rejects.toMatchObject({ code: -32800 });
    expect(await client.messages(uri)).toEqual(["MARK:a in transaction mode"]);
  });

  test("an edit during an analysis is not lost", async () => {
    const files = folder();
    const client = await start({ folders: [files] });
    const uri = files.uriOf("a.ts");
    await client.open(uri, source("SLOW MARK:a"));
    const early = client.pull(uri);
    await client.change(uri, { text: source("MARK:b") });

    expect(await client.messages(uri)).toEqual(["MARK:b in transaction mode"]);
    await early;
  });
});

describe("what no client should send", () => {
  test("documents without sense are survived", async () => {
    const files = folder();
    const client = await start({ folders: [files] });
    const uri = files.uriOf("a.ts");
    await client.open(uri, "\uFEFFimport 'pg'; \uD800 \0 `${ MARK:a");
    expect(await client.messages(uri)).toHaveLength(1);
    await client.change(uri, {
      range: { start: { line: 90, character: 0 }, end: { line: 99, character: 9 } },
      text: "\n}",
    });
    expect(await client.messages(uri)).toHaveLength(1);
    await client.notify("textDocument/didChange", {
      textDocument: { uri: files.uriOf("never-opened.ts"), version: 1 },
      contentChanges: [{ text: "" }],
    });
    await client.close(files.uriOf("never-opened.ts"));
    expect(await client.messages(uri)).toHaveLength(1);
  });

  test("unknown methods and commands are answered", async () => {
    const client = await start({ folders: [folder()] });

    await expect(client.request("bouncerSafe/unknown", {})).rejects.toMatchObject({ code: -32601 });
    expect(await client.request("workspace/executeCommand", { command: "unknown" })).toBeNull();
    await client.notify("$/unknown", {});
    expect(await client.pullWorkspace()).toEqual({ items: [] });
  });

  test("a client that refuses what it said it could do is served all the same", async () => {
    const files = folder({ "a.ts": source("MARK:a") });
    const refuses = [
      "client/registerCapability",
      "window/workDoneProgress/create",
      "workspace/diagnostic/refresh",
      "window/showDocument",
    ];
    const client = await start({ folders: [files], refuses });
    const uri = files.uriOf("a.ts");
    await client.next("workspace/diagnostic/refresh");
    await client.request("workspace/executeCommand", { command: "bouncer-safe.server.openRule", arguments: ["a"] });

    await client.open(uri, source("MARK:a"));
    expect(await client.messages(uri)).toHaveLength(1);
    expect(errors(client).map((message) => message?.replace(/:.*/, ""))).toEqual(
      expect.arrayContaining([
        "Following the settings failed",
        "Watching files failed",
        "bouncer-safe.server.openRule failed",
      ]),
    );
  });

  test("a client that refuses to tell its settings gets the usual ones", async () => {
    const files = folder({ "a.ts": source("MARK:a") });
    const client = await start({ folders: [files], refuses: ["workspace/configuration"] });

    expect((await client.pullWorkspace()).items).toMatchObject([{ uri: files.uriOf("a.ts") }]);
  });

  test("a folder that is not there has no findings", async () => {
    const files = folder();
    files.remove();
    const client = await start({ folders: [files] });

    expect(await client.pullWorkspace()).toEqual({ items: [] });
  });
});
