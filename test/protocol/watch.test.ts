import { expect, test } from "vitest";
import { source, useServer } from "./support/use-server.ts";

const { start, folder } = useServer();

const created = 1;
const changed = 2;
const deleted = 3;

test("files that are made, changed and removed on disk", async () => {
  const files = folder({ "a.ts": source("MARK:a") });
  const client = await start({ folders: [files] });
  const codes = async () =>
    (await client.pullWorkspace()).items.flatMap((item) =>
      item.kind === "full" ? item.items.map(({ code }) => code) : [],
    );
  expect(await codes()).toEqual(["a"]);

  files.write("b.ts", source("MARK:b"));
  await client.watched({ uri: files.uriOf("b.ts"), type: created });
  expect(await codes()).toEqual(["a", "b"]);

  files.write("a.ts", source("MARK:c"));
  await client.watched({ uri: files.uriOf("a.ts"), type: changed });
  expect(await codes()).toEqual(["c", "b"]);

  files.remove("b.ts");
  await client.watched({ uri: files.uriOf("b.ts"), type: deleted });
  expect(await codes()).toEqual(["c"]);
});

test("the client is asked to pull again", async () => {
  const files = folder({ "a.ts": source("") });
  const client = await start({ folders: [files] });
  const uri = files.uriOf("b.ts");
  await client.open(uri, source("SEES:b:new.ts"));
  await client.pullWorkspace();
  client.forget("workspace/diagnostic/refresh");

  files.write("new.ts", source(""));
  await client.watched({ uri: files.uriOf("new.ts"), type: created });
  await client.next("workspace/diagnostic/refresh");

  expect(await client.messages(uri)).toHaveLength(1);
});

test("the pooler's configuration", async () => {
  const files = folder({ "a.ts": source("MARK:a"), "pgbouncer.ini": "[pgbouncer]\npool_mode=session\n" });
  const client = await start({ folders: [files] });
  await client.pullWorkspace();
  const uri = files.uriOf("a.ts");
  expect(await client.messages(uri)).toEqual(["MARK:a in session mode"]);

  files.write("pgbouncer.ini", "[pgbouncer]\npool_mode=statement\n");
  await client.watched({ uri: files.uriOf("pgbouncer.ini"), type: changed });
  expect(await client.messages(uri)).toEqual(["MARK:a in statement mode"]);

  files.remove("pgbouncer.ini");
  await client.watched({ uri: files.uriOf("pgbouncer.ini"), type: deleted });
  expect(await client.messages(uri)).toEqual(["MARK:a in transaction mode"]);
});

test("an open document counts, whatever happens to its file", async () => {
  const files = folder({ "a.ts": source("") });
  const client = await start({ folders: [files] });
  await client.pullWorkspace();
  const uri = files.uriOf("a.ts");
  await client.open(uri, source("MARK:in-editor"));
  files.write("a.ts", source("MARK:on-disk"));
  await client.watched({ uri, type: changed });
  expect(await client.messages(uri)).toEqual(["MARK:in-editor in transaction mode"]);

  files.remove("a.ts");
  await client.watched({ uri, type: deleted });
  expect(await client.messages(uri)).toEqual(["MARK:in-editor in transaction mode"]);

  await client.close(uri);
  expect(await client.messages(uri)).toEqual([]);
});

test("a folder that is removed in the editor takes its findings along", async () => {
  const files = folder({ "src/a.ts": source("MARK:a") });
  const client = await start({ folders: [files] });
  const first = (await client.pullWorkspace()).items;
  files.remove("src");
  await client.notify("workspace/didDeleteFiles", { files: [{ uri: files.uriOf("src") }] });

  const { items } = await client.pullWorkspace(first.map(({ uri, resultId }) => ({ uri, value: resultId! })));

  expect(items).toMatchObject([{ uri: files.uriOf("src/a.ts"), kind: "full", items: [] }]);
});

test("a folder that another program deletes takes its findings along", async () => {
  const files = folder({ "src/a.ts": source("MARK:a"), "b.ts": source("MARK:b") });
  const client = await start({ folders: [files] });
  await client.pullWorkspace();
  files.remove("src");
  await client.watched({ uri: files.uriOf("src"), type: deleted });

  expect((await client.pullWorkspace()).items).toMatchObject([
    { uri: files.uriOf("b.ts") },
    { uri: files.uriOf("src/a.ts"), kind: "full", items: [] },
  ]);
});

test.each([
  [".gitignore", "b.ts\n"],
  ["bouncer-safe.json", '{ "ignore": ["b.ts"] }'],
])("what %s leaves out is left out at once, and comes back", async (name, text) => {
  const files = folder({ "a.ts": source("MARK:a"), "b.ts": source("MARK:b") });
  const client = await start({ folders: [files] });
  const found = async () =>
    (await client.pullWorkspace()).items.filter((item) => item.kind === "full" && item.items.length > 0).length;
  expect(await found()).toBe(2);

  files.write(name, text);
  await client.watched({ uri: files.uriOf(name), type: created });
  expect(await found()).toBe(1);

  files.remove(name);
  await client.watched({ uri: files.uriOf(name), type: deleted });
  expect(await found()).toBe(2);
});

test("what nobody reads changes nothing", async () => {
  const files = folder({ "a.ts": source("MARK:a") });
  const client = await start({ folders: [files] });
  await client.next("workspace/diagnostic/refresh");
  await client.pullWorkspace();
  client.forget("workspace/diagnostic/refresh");

  await client.watched({ uri: files.uriOf("logs"), type: deleted }, { uri: files.uriOf("a.ts.map"), type: deleted });
  await client.pullWorkspace();

  expect(client.received.filter(({ method }) => method === "workspace/diagnostic/refresh")).toEqual([]);
});

test("the folders are read anew on command", async () => {
  const files = folder();
  const client = await start({ folders: [files] });
  await client.pullWorkspace();
  files.write("a.ts", source("MARK:a"));

  await client.request("workspace/executeCommand", { command: "bouncer-safe.server.rescan" });

  expect((await client.pullWorkspace()).items).toMatchObject([{ uri: files.uriOf("a.ts") }]);
});
