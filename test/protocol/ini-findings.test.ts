import { describe, expect, test } from "vitest";
import type { CodeAction, FullDocumentDiagnosticReport } from "vscode-languageserver";
import { type Client, Folder } from "./support/client.ts";
import { applied, useProduct, whole } from "./support/use-product.ts";

const product = useProduct();

async function start(files: Readonly<Record<string, string>>) {
  const folder = new Folder(files);
  return { client: await product.start(folder), uri: folder.uriOf("pgbouncer.ini") };
}

const good = "[pgbouncer]\nlisten_addr = 127.0.0.1\npool_mode = session\n";

const told = async (client: Client, uri: string) =>
  ((await client.pull(uri)) as FullDocumentDiagnosticReport).items.map(
    ({ code, range }) => `${code}@${range.start.line}`,
  );

describe("a pgbouncer.ini in the editor", () => {
  test("has findings of what is typed in it, saved or not", async () => {
    const { client, uri } = await start({ "pgbouncer.ini": good });
    expect(await told(client, uri)).toEqual([]);

    await client.open(uri, good, "pgbouncer-ini");
    await client.change(uri, { text: `${good}server_lifetime = 1h\n` });
    expect(await told(client, uri)).toEqual(["ini-bad-value@3"]);

    await client.change(uri, { text: `${good}server_lifetime = 3600\n` });
    expect(await told(client, uri)).toEqual([]);
  });

  test("has findings before it is there on disk, and again when its header comes back", async () => {
    const { client, uri } = await start({});
    await client.open(uri, `${good}POOL_MODE = session\n`, "pgbouncer-ini");
    expect(await told(client, uri)).toEqual(["ini-unknown-setting@3"]);

    await client.change(uri, { text: "; to be written\n" });
    await client.change(uri, { text: `${good}POOL_MODE = session\n` });
    expect(await told(client, uri)).toEqual(["ini-unknown-setting@3"]);
  });

  test("is in the report of the workspace, open or not", async () => {
    const { client, uri } = await start({ "pgbouncer.ini": `${good}log_connections = yes\n` });
    const { items } = await client.pullWorkspace();
    expect(
      items.map((each) => [each.uri, (each as FullDocumentDiagnosticReport).items.map(({ code }) => code)]),
    ).toEqual([[uri, ["ini-bad-value"]]]);
  });

  test("is mended and silenced by actions", async () => {
    const text = `${good}log_connections = 1 ; all of them\n`;
    const { client, uri } = await start({ "pgbouncer.ini": text });
    await client.open(uri, text, "pgbouncer-ini");
    const actions = await client.actions(uri, whole);
    const apply = (title: string) => applied(text, actions.find((action) => action.title === title) as CodeAction);
    expect(apply("Move the comment to its own line")).toBe(`${good}; all of them\nlog_connections = 1\n`);

    const silenced = apply("Disable ini-trailing-comment for this line");
    expect(silenced).toContain("\n; bouncer-safe-disable-next-line ini-trailing-comment\nlog_connections");
    await client.change(uri, { text: silenced });
    expect(await told(client, uri)).toEqual([]);
  });
});
