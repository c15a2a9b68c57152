import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { DocumentDiagnosticReport, FullDocumentDiagnosticReport } from "vscode-languageserver";
import { bundleServer, Client, type ClientOptions, Folder } from "./support/client.ts";

let server: string;
const clients: Client[] = [];

beforeAll(async () => {
  server = await bundleServer(join(import.meta.dirname, "support/fake-server.ts"));
});

afterEach(async () => {
  for (const client of clients.splice(0)) await client.stop();
});

async function start(options: Omit<ClientOptions, "server"> = {}): Promise<Client> {
  const client = await Client.start({ server, ...options });
  clients.push(client);
  return client;
}

const source = (body: string) => `import { Pool } from "pg";\n${body}\n`;
const full = (report: DocumentDiagnosticReport) => report as FullDocumentDiagnosticReport;

describe("textDocument/diagnostic", () => {
  test("reports a finding of an open document with its range, severity, code and link", async () => {
    const folder = new Folder({ "package.json": "{}" });
    const client = await start({ folders: [folder] });
    const uri = folder.uriOf("a.ts");
    await client.open(uri, source("const 𐐷 = 1; MARK:no-mark:error"));

    const report = full(await client.pull(uri));

    expect(report.items).toEqual([
      {
        range: { start: { line: 1, character: 14 }, end: { line: 1, character: 32 } },
        severity: 1,
        code: "no-mark",
        codeDescription: { href: expect.stringMatching(/^https:.*\/docs\/rules\/no-mark\.md$/) },
        source: "bouncer-safe",
        message: "`MARK:no-mark:error` in transaction mode",
      },
    ]);
  });
});
