import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll } from "vitest";
import type { CodeAction, FullDocumentDiagnosticReport, Range, TextDocumentEdit } from "vscode-languageserver";
import { applyTextEdits, Client, type ClientOptions, type Folder } from "./client.ts";

/** For one test file: builds the server as it ships, with its own engine; its clients and folders are gone after each test. */
export function useProduct() {
  const dist = mkdtempSync(join(tmpdir(), "bouncer-safe-dist-"));
  const clients: Client[] = [];
  const folders: Folder[] = [];

  beforeAll(async () => {
    const script = pathToFileURL(join(import.meta.dirname, "../../../scripts/build.mjs")).href;
    const { buildAll } = (await import(script)) as { readonly buildAll: (dist: string) => Promise<unknown> };
    await buildAll(dist);
  }, 120_000);

  afterEach(async () => {
    for (const client of clients.splice(0)) await client.stop();
    for (const folder of folders.splice(0)) folder.remove();
  });

  afterAll(() => rmSync(dist, { recursive: true }));

  return {
    dist,
    async start(folder: Folder, options: Partial<ClientOptions> = {}): Promise<Client> {
      folders.push(folder);
      const client = await Client.start({ server: join(dist, "server.js"), folders: [folder], ...options });
      clients.push(client);
      return client;
    },
  };
}

export const whole: Range = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

/** The rules of a document's findings, in the order of their places. */
export const rulesOf = async (client: Client, uri: string): Promise<(string | number | undefined)[]> =>
  ((await client.pull(uri)) as FullDocumentDiagnosticReport).items.map((item) => item.code);

/** The text after an action that changes this document alone. */
export const applied = (text: string, { edit }: CodeAction): string =>
  applyTextEdits(text, (edit!.documentChanges as TextDocumentEdit[])[0]!.edits as never);
