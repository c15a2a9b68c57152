import { expect, test } from "vitest";
import type { TextDocumentEdit } from "vscode-languageserver";
import type { ChoosePoolerParams, ChoosePoolerResult } from "../../server/src/lsp/protocol.ts";
import { applyTextEdits, type Client } from "./support/client.ts";
import { source, useServer } from "./support/use-server.ts";

const { start, folder } = useServer();

const choose = (client: Client, params: ChoosePoolerParams) =>
  client.request<ChoosePoolerResult>("bouncerSafe/choosePooler", params);

const editsOf = ({ edit }: ChoosePoolerResult) =>
  (edit!.documentChanges!.filter((change) => "edits" in change) as TextDocumentEdit[])[0]!;

test("writes into the file that there is, as it is in the editor", async () => {
  const files = folder({ "a.ts": source("POOL()"), "bouncer-safe.json": '{ "replicas": 2 }\n' });
  const client = await start({ folders: [files] });
  const uri = files.uriOf("bouncer-safe.json");

  const onDisk = await choose(client, { pooler: { kind: "pgdog", mode: "session" } });
  expect(onDisk.uri).toBe(uri);
  expect(editsOf(onDisk).textDocument).toEqual({ uri, version: null });
  expect(JSON.parse(applyTextEdits('{ "replicas": 2 }\n', editsOf(onDisk).edits as never))).toEqual({
    replicas: 2,
    pooler: { kind: "pgdog", mode: "session" },
  });

  const text = '{\n  // unsaved\n  "replicas": 3\n}\n';
  await client.open(uri, text, "jsonc");
  const inEditor = await choose(client, { uri: files.uriOf("a.ts"), pooler: { mode: "statement" } });
  expect(editsOf(inEditor).textDocument).toEqual({ uri, version: 1 });
  expect(applyTextEdits(text, editsOf(inEditor).edits as never)).toBe(
    '{\n  "pooler": {\n    "mode": "statement"\n  },\n  // unsaved\n  "replicas": 3\n}\n',
  );
});

test("makes the file where there is none", async () => {
  const files = folder({ "a.ts": source("POOL()") });
  const client = await start({ folders: [files] });
  const uri = files.uriOf("bouncer-safe.json");

  const { edit } = await choose(client, { pooler: { kind: "pgbouncer", mode: "session", version: "1.24.1" } });

  expect(edit?.documentChanges?.[0]).toEqual({ kind: "create", uri, options: { ignoreIfExists: true } });
  expect(editsOf({ edit: edit! }).edits[0]).toMatchObject({ newText: expect.stringContaining('"version": "1.24.1"') });
});

test("a file with a fault of syntax stays as it is", async () => {
  const files = folder({ "a.ts": source("POOL()"), "bouncer-safe.json": '{ "pooler": ' });
  const client = await start({ folders: [files] });

  expect(await choose(client, { pooler: { mode: "session" } })).toEqual({
    uri: files.uriOf("bouncer-safe.json"),
    fault: "bouncer-safe.json has a fault of syntax: mend it first.",
  });
});

test("without a folder there is no place for it", async () => {
  const client = await start({});
  expect(await choose(client, { pooler: { mode: "session" } })).toEqual({
    fault: "No folder is open that could hold it.",
  });
});
