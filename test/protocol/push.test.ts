import { describe, expect, test } from "vitest";
import type { PublishDiagnosticsParams } from "vscode-languageserver";
import { type Client, fullCapabilities } from "./support/client.ts";
import { source, useServer } from "./support/use-server.ts";

const { start, folder } = useServer();

const { diagnostic, ...textDocument } = fullCapabilities.textDocument!;
const capabilities = { ...fullCapabilities, textDocument };

const published = (client: Client, uri: string) =>
  client.next<PublishDiagnosticsParams>("textDocument/publishDiagnostics", (params) => params.uri === uri);

describe("a client that cannot pull", () => {
  test("gets the workspace's diagnostics after the scan", async () => {
    const files = folder({ "a.ts": source("MARK:a"), "b.ts": source("MARK:b") });
    const client = await start({ folders: [files], capabilities });

    expect(await published(client, files.uriOf("a.ts"))).toMatchObject({ diagnostics: [{ code: "a" }] });
    expect(await published(client, files.uriOf("b.ts"))).toMatchObject({ diagnostics: [{ code: "b" }] });
  });

  test("gets a document's diagnostics after each edit, with its version, and an empty list at the end", async () => {
    const files = folder();
    const client = await start({ folders: [files], capabilities });
    const uri = files.uriOf("a.ts");
    await client.open(uri, source("MARK:a"));
    expect(await published(client, uri)).toMatchObject({ version: 1, diagnostics: [{ code: "a" }] });

    await client.change(uri, { text: source("MARK:b") });
    expect(await published(client, uri)).toMatchObject({ version: 2, diagnostics: [{ code: "b" }] });

    await client.change(uri, { text: source("") });
    expect(await published(client, uri)).toMatchObject({ version: 3, diagnostics: [] });
  });

  test("gets the other file's as well, and nothing for files that stay as they are", async () => {
    const files = folder({ "a.ts": source("SEES:a:db.ts"), "b.ts": source("MARK:b") });
    const client = await start({ folders: [files], capabilities });
    await published(client, files.uriOf("b.ts"));
    await client.open(files.uriOf("db.ts"), source(""));
    expect(await published(client, files.uriOf("a.ts"))).toMatchObject({ diagnostics: [{ code: "a" }] });

    await client.close(files.uriOf("db.ts"));
    expect(await published(client, files.uriOf("a.ts"))).toMatchObject({ diagnostics: [] });
    expect(client.received.filter(({ method }) => method === "textDocument/publishDiagnostics")).toEqual([]);
  });

  test("loses the diagnostics of a folder that is closed", async () => {
    const [one, two] = [folder({ "a.ts": source("MARK:a") }), folder({ "b.ts": source("MARK:b") })];
    const client = await start({ folders: [one, two], capabilities });
    await published(client, two.uriOf("b.ts"));

    await client.notify("workspace/didChangeWorkspaceFolders", {
      event: { added: [], removed: [{ uri: two.uri, name: "two" }] },
    });

    expect(await published(client, two.uriOf("b.ts"))).toMatchObject({ diagnostics: [] });
  });
});
