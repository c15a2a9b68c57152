import { describe, expect, test } from "vitest";
import { fullCapabilities } from "./support/client.ts";
import { source, useServer } from "./support/use-server.ts";

const { start, folder } = useServer();

const messagesOf = (items: readonly unknown[]) =>
  items
    .flatMap((item) => (item as { items?: { message: string }[] }).items?.map(({ message }) => message) ?? [])
    .sort();

describe("workspace folders", () => {
  test("folders with the same settings are one program", async () => {
    const api = folder({ "a.ts": source("SEES:a:db.ts") });
    const shared = folder({ "db.ts": source(""), "pgbouncer.ini": "[pgbouncer]\npool_mode=session\n" });
    const client = await start({ folders: [api, shared] });

    expect(messagesOf((await client.pullWorkspace()).items)).toEqual(["SEES:a:db.ts in session mode"]);
  });

  test("folders with settings of their own are analysed on their own", async () => {
    const api = folder({ "a.ts": source("SEES:a:db.ts MARK:no-double-pool") });
    const other = folder({ "db.ts": source("MARK:no-double-pool") });
    const client = await start({
      folders: [api, other],
      settings: { [api.uri]: { pooler: { mode: "statement" } }, [other.uri]: { rules: { "no-double-pool": "error" } } },
    });

    const { items } = await client.pullWorkspace();

    expect(items).toMatchObject([
      { uri: api.uriOf("a.ts"), items: [{ message: "MARK:no-double-pool in statement mode", severity: 2 }] },
      { uri: other.uriOf("db.ts"), items: [{ message: "MARK:no-double-pool in transaction mode", severity: 1 }] },
    ]);
  });

  test("a folder inside another answers for its own files", async () => {
    const outer = folder({ "a.ts": source("MARK:a"), "inner/b.ts": source("MARK:b") });
    const inner = { path: `${outer.path}/inner`, uri: outer.uriOf("inner") };
    const client = await start({
      folders: [outer, inner as typeof outer],
      settings: { [outer.uri]: {}, [inner.uri]: { pooler: { mode: "session" } } },
    });

    expect(messagesOf((await client.pullWorkspace()).items)).toEqual([
      "MARK:a in transaction mode",
      "MARK:b in session mode",
    ]);
  });

  test("a folder that is added is read, one that is removed loses its findings", async () => {
    const [one, two] = [folder({ "a.ts": source("MARK:a") }), folder({ "b.ts": source("MARK:b") })];
    const client = await start({ folders: [one] });
    const first = (await client.pullWorkspace()).items;

    await client.notify("workspace/didChangeWorkspaceFolders", {
      event: { added: [{ uri: two.uri, name: "two" }], removed: [{ uri: one.uri, name: "one" }] },
    });

    const { items } = await client.pullWorkspace(first.map(({ uri, resultId }) => ({ uri, value: resultId! })));
    expect(items).toMatchObject([
      { uri: two.uriOf("b.ts"), items: [{ code: "b" }] },
      { uri: one.uriOf("a.ts"), kind: "full", items: [] },
    ]);
  });

  test("an open document moves with the folders", async () => {
    const [one, two] = [folder(), folder()];
    const client = await start({ folders: [one], settings: { "": {}, [two.uri]: { pooler: { mode: "session" } } } });
    const uri = two.uriOf("b.ts");
    await client.open(uri, source("MARK:b"));
    expect(await client.messages(uri)).toEqual(["MARK:b in transaction mode"]);

    await client.notify("workspace/didChangeWorkspaceFolders", {
      event: { added: [{ uri: two.uri, name: "two" }], removed: [] },
    });

    expect(await client.messages(uri)).toEqual(["MARK:b in session mode"]);
  });
});

describe("settings", () => {
  test("a change is seen at once, and the client is asked to pull again", async () => {
    const files = folder({ "a.ts": source("MARK:no-double-pool") });
    const client = await start({ folders: [files] });
    const uri = files.uriOf("a.ts");
    await client.open(uri, source("MARK:no-double-pool"));
    await client.pullWorkspace();
    client.forget("workspace/diagnostic/refresh");

    await client.changeSettings({ "": { rules: { "no-double-pool": "off" } } });
    await client.next("workspace/diagnostic/refresh");
    expect(await client.messages(uri)).toEqual([]);

    await client.changeSettings({ "": { rules: { "no-double-pool": "hint" } } });
    expect(await client.pull(uri)).toMatchObject({ items: [{ severity: 4 }] });
  });

  test("a folder that is switched off is left alone until it is switched on again", async () => {
    const files = folder({ "a.ts": source("MARK:a") });
    const client = await start({ folders: [files], settings: { "": { enable: false } } });
    const uri = files.uriOf("a.ts");
    await client.open(uri, source("MARK:a"));
    expect(await client.messages(uri)).toEqual([]);
    expect((await client.pullWorkspace()).items).toEqual([]);

    await client.changeSettings({ "": { enable: true } });
    expect(await client.messages(uri)).toHaveLength(1);
  });

  test("ignored files have no findings", async () => {
    const files = folder({ "a.ts": source("MARK:a"), "generated/b.ts": source("MARK:b") });
    const client = await start({ folders: [files], settings: { "": { ignore: ["generated/**"] } } });

    expect(messagesOf((await client.pullWorkspace()).items)).toEqual(["MARK:a in transaction mode"]);
  });

  test("a client that is not asked says them itself", async () => {
    const files = folder({ "a.ts": source("MARK:a") });
    const capabilities = { ...fullCapabilities, workspace: { ...fullCapabilities.workspace, configuration: false } };
    const client = await start({
      folders: [files],
      capabilities,
      initializationOptions: { pooler: { mode: "session" } },
    });
    expect(messagesOf((await client.pullWorkspace()).items)).toEqual(["MARK:a in session mode"]);

    await client.notify("workspace/didChangeConfiguration", {
      settings: { bouncerSafe: { pooler: { mode: "statement" } } },
    });
    expect(messagesOf((await client.pullWorkspace()).items)).toEqual(["MARK:a in statement mode"]);
  });

  test.each([
    [null],
    ["words"],
    [{ pooler: "transaction", rules: ["a"], ignore: 7, replicas: "two" }],
    [{ pooler: { mode: "fast" }, rules: { a: "loud" } }],
  ])("settings of the wrong kind count as not set: %j", async (section) => {
    const files = folder({ "a.ts": source("MARK:a") });
    const client = await start({ folders: [files], settings: { "": section } });

    expect(messagesOf((await client.pullWorkspace()).items)).toEqual(["MARK:a in transaction mode"]);
  });

  test("what does not change the settings does not read the folders again", async () => {
    const files = folder({ "a.ts": source("") });
    const client = await start({ folders: [files] });
    await client.pullWorkspace();
    client.forget("window/workDoneProgress/create");

    await client.changeSettings({});
    await client.pullWorkspace();

    expect(client.received.filter(({ method }) => method === "window/workDoneProgress/create")).toEqual([]);
  });
});
