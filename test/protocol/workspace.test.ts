import { describe, expect, test } from "vitest";
import { CancellationTokenSource } from "vscode-jsonrpc";
import type { WorkspaceDocumentDiagnosticReport } from "vscode-languageserver";
import { fullCapabilities } from "./support/client.ts";
import { source, useServer } from "./support/use-server.ts";

const { start, folder } = useServer();

const ids = (items: readonly WorkspaceDocumentDiagnosticReport[]) =>
  items.map(({ uri, resultId }) => ({ uri, value: resultId! }));

describe("workspace/diagnostic", () => {
  test("waits for the scan and reports every file with findings", async () => {
    const files = folder({
      "a.ts": source("MARK:a"),
      "src/b.js": source("MARK:b"),
      "src/clean.ts": source(""),
      "c.ts": "MARK:c",
    });
    const client = await start({ folders: [files] });

    const { items } = await client.pullWorkspace();

    expect(items).toMatchObject([
      { uri: files.uriOf("a.ts"), kind: "full", version: null, items: [{ code: "a" }] },
      { uri: files.uriOf("src/b.js"), kind: "full", version: null, items: [{ code: "b" }] },
    ]);
  });

  test("what did not change is reported as unchanged, what is gone as empty", async () => {
    const files = folder({ "a.ts": source("MARK:a"), "b.ts": source("MARK:b") });
    const client = await start({ folders: [files] });
    const first = await client.pullWorkspace();
    files.write("b.ts", source(""));
    await client.watched({ uri: files.uriOf("b.ts"), type: 2 });

    const second = await client.pullWorkspace(ids(first.items));

    expect(second.items).toMatchObject([
      { uri: files.uriOf("a.ts"), kind: "unchanged", resultId: first.items[0]!.resultId },
      { uri: files.uriOf("b.ts"), kind: "full", items: [] },
    ]);
    expect((await client.pullWorkspace(ids(second.items))).items.map(({ kind }) => kind)).toEqual([
      "unchanged",
      "unchanged",
    ]);
  });

  test("an open document is reported with its version and its own text", async () => {
    const files = folder({ "a.ts": source("MARK:on-disk") });
    const client = await start({ folders: [files] });
    const uri = files.uriOf("a.ts");
    await client.open(uri, source(""));
    await client.change(uri, { text: source("MARK:in-editor") });

    expect((await client.pullWorkspace()).items).toMatchObject([{ uri, version: 2, items: [{ code: "in-editor" }] }]);
  });

  test("after closing without saving, an id from before the edits is not taken for unchanged", async () => {
    const files = folder({ "a.ts": source("MARK:a") });
    const client = await start({ folders: [files] });
    const uri = files.uriOf("a.ts");
    const first = await client.pullWorkspace();
    await client.open(uri, source("MARK:a"));
    await client.change(uri, { text: source("") });
    expect(await client.messages(uri)).toEqual([]);
    await client.close(uri);

    expect((await client.pullWorkspace(ids(first.items))).items).toMatchObject([
      { uri, kind: "full", items: [{ code: "a" }] },
    ]);
  });

  test("the client is asked to pull again when the scan is done", async () => {
    const files = folder({ "db.ts": source("") });
    const client = await start({ folders: [files] });

    await client.next("workspace/diagnostic/refresh");

    const uri = files.uriOf("a.ts");
    await client.open(uri, source("SEES:no-mark:db.ts"));
    expect(await client.messages(uri)).toHaveLength(1);
  });

  test("a client that cannot be asked is not asked", async () => {
    const files = folder({ "a.ts": source("MARK:a") });
    const { workspace, ...capabilities } = fullCapabilities;
    const client = await start({
      folders: [files],
      capabilities: { ...capabilities, workspace: { ...workspace!, diagnostics: {} } },
    });
    await client.pullWorkspace();
    files.write("a.ts", source(""));
    await client.watched({ uri: files.uriOf("a.ts"), type: 2 });
    await client.pullWorkspace();

    expect(client.received.filter(({ method }) => method === "workspace/diagnostic/refresh")).toEqual([]);
  });
});

describe("while the scan goes on", () => {
  const files = { "scan-waits": "", "db.ts": source("MARK:db") };
  type Progress = { readonly token: string; readonly value: { readonly kind: string; readonly message?: string } };

  test("its progress is shown from beginning to end", async () => {
    const slow = folder(files);
    const client = await start({ folders: [slow] });
    const progress = (kind: string) => client.next<Progress>("$/progress", ({ value }) => value.kind === kind);

    const { token } = await client.next<{ token: string }>("window/workDoneProgress/create");
    expect(await progress("begin")).toMatchObject({ token, value: { title: "bouncer-safe", cancellable: true } });
    expect(await progress("report")).toMatchObject({ token, value: { message: expect.stringMatching(/^\d+ files$/) } });
    slow.remove("scan-waits");
    expect(await progress("end")).toMatchObject({ token });
  });

  test("an open document is answered with what is known, and asked for again at the end", async () => {
    const slow = folder(files);
    const client = await start({ folders: [slow] });
    const uri = slow.uriOf("a.ts");
    await client.open(uri, source("MARK:a SEES:b:db.ts"));
    expect(await client.messages(uri)).toHaveLength(1);

    slow.remove("scan-waits");
    await client.next("workspace/diagnostic/refresh");

    expect(await client.messages(uri)).toHaveLength(2);
  });

  test("the workspace's report, and what is fixed on save, wait for its end", async () => {
    const slow = folder(files);
    const client = await start({ folders: [slow] });
    const uri = slow.uriOf("a.ts");
    await client.open(uri, source("FIX:a:x"));
    const answered: string[] = [];
    const report = client.pullWorkspace().then(({ items }) => answered.push(`report of ${items.length}`));
    const actions = client
      .actions(uri, { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } }, { only: ["source.fixAll"] })
      .then((found) => answered.push(`${found.length} action`));

    expect(await client.messages(uri)).toHaveLength(1);
    expect(answered).toEqual([]);

    slow.remove("scan-waits");
    await Promise.all([report, actions]);
    expect(answered.sort()).toEqual(["1 action", "report of 2"]);
  });

  test("it can be stopped, and the documents go on without it", async () => {
    const slow = folder(files);
    const client = await start({ folders: [slow] });
    const { token } = await client.next<{ token: string }>("window/workDoneProgress/create");
    await client.next<Progress>("$/progress", ({ value }) => value.kind === "begin");

    await client.notify("window/workDoneProgress/cancel", { token });

    await client.next<Progress>("$/progress", ({ value }) => value.kind === "end");
    const uri = slow.uriOf("a.ts");
    await client.open(uri, source("MARK:a"));
    expect((await client.pullWorkspace()).items.map((item) => item.uri)).toEqual([uri]);
  });

  test("a workspace report that is cancelled does not wait for it", async () => {
    const client = await start({ folders: [folder(files)] });
    const cancel = new CancellationTokenSource();
    const report = client.request("workspace/diagnostic", { previousResultIds: [] }, cancel.token);
    cancel.cancel();

    await expect(report).rejects.toMatchObject({ code: -32800 });
  });
});
