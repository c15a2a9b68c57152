import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { fullCapabilities } from "./support/client.ts";
import { source, useServer } from "./support/use-server.ts";

const { start, folder } = useServer();

test("declares what it can do, in UTF-16", async () => {
  const client = await start({ folders: [folder()] });

  expect(client.initializeResult.capabilities).toEqual({
    positionEncoding: "utf-16",
    textDocumentSync: { openClose: true, change: 2 },
    diagnosticProvider: { identifier: "bouncer-safe", interFileDependencies: true, workspaceDiagnostics: true },
    codeActionProvider: { codeActionKinds: ["quickfix", "source.fixAll.bouncerSafe"] },
    hoverProvider: true,
    executeCommandProvider: { commands: ["bouncer-safe.server.openRule", "bouncer-safe.server.rescan"] },
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: {
        didRename: { filters: [{ scheme: "file", pattern: { glob: "**/*", matches: "folder" } }] },
        didDelete: { filters: [{ scheme: "file", pattern: { glob: "**/*", matches: "folder" } }] },
      },
    },
  });
});

test("a client that cannot pull is not told that it may", async () => {
  const client = await start({ folders: [folder()], capabilities: {} });

  expect(client.initializeResult.capabilities.diagnosticProvider).toBeUndefined();
});

test("registers for the disk and the settings", async () => {
  const client = await start({ folders: [folder()] });

  const registered = async (method: string) =>
    (
      await client.next<{ registrations: { method: string }[] }>(
        "client/registerCapability",
        ({ registrations }) => registrations[0]?.method === method,
      )
    ).registrations[0];
  expect(await registered("workspace/didChangeConfiguration")).toMatchObject({
    registerOptions: { section: "bouncerSafe" },
  });
  expect(await registered("workspace/didChangeWatchedFiles")).toMatchObject({
    registerOptions: { watchers: expect.arrayContaining([{ globPattern: "**/.env*" }]) },
  });
});

test("a client without any capability is served", async () => {
  const files = folder({ "a.ts": source("MARK:no-mark") });
  const client = await start({ folders: [files], capabilities: {} });

  const { diagnostics } = await client.next<{ diagnostics: unknown[] }>("textDocument/publishDiagnostics");

  expect(diagnostics).toEqual([expect.objectContaining({ code: "no-mark" })]);
  expect(
    client.received.filter(({ method }) => method.startsWith("client/") || method.startsWith("window/workDone")),
  ).toEqual([]);
});

test("without database code the analyzer is never loaded", async () => {
  const files = folder({ "a.ts": "export const a = 'MARK:no-mark';\n" });
  const client = await start({ folders: [files] });
  const uri = files.uriOf("a.ts");

  await client.open(uri, "export const a = 'MARK:no-mark';\n");
  expect(await client.messages(uri)).toEqual([]);
  expect(await client.pullWorkspace()).toEqual({ items: [] });

  expect(client.logged()).toEqual([`Read ${files.path}: 1 sources, 0 of them with database code.`]);
});

test("exit after shutdown ends the process with 0, exit alone with 1", async () => {
  const polite = await start({ folders: [folder()] });
  expect(await polite.stop()).toBe(0);

  const rude = await start({ folders: [folder()] });
  await rude.notify("exit");
  expect(await rude.exit).toBe(1);
});

test("the server ends when its client is gone", async () => {
  const client = await start({ folders: [folder()] });
  client.process.stdin!.end();

  expect(await Promise.race([client.exit.then(() => "ended"), wait(10_000, "still there")])).toBe("ended");
});

test("single files are analysed without a workspace folder", async () => {
  const files = folder();
  const client = await start();
  const uri = files.uriOf("a.ts");
  await client.open(uri, source("MARK:no-mark"));

  expect(await client.messages(uri)).toEqual(["MARK:no-mark in transaction mode"]);
});

test("a root path of old is a folder", async () => {
  const files = folder({ "a.ts": source("MARK:no-mark") });
  const client = await start({
    folders: [files],
    capabilities: { textDocument: { ...fullCapabilities.textDocument } },
  });

  expect((await client.pullWorkspace()).items.map(({ uri }) => uri)).toEqual([files.uriOf("a.ts")]);
});
