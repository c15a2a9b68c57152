import { describe, expect, test } from "vitest";
import type { Hover, MarkupContent, Position } from "vscode-languageserver";
import { type Client, fullCapabilities } from "./support/client.ts";
import { source, useServer } from "./support/use-server.ts";

const { start, folder } = useServer();

const hover = (client: Client, uri: string, position: Position) =>
  client.request<Hover | null>("textDocument/hover", { textDocument: { uri }, position });
const markdown = (shown: Hover | null) => (shown?.contents as MarkupContent | undefined)?.value;

describe("textDocument/hover", () => {
  test("on a finding: what the rule says, what it rests on, and where to read more", async () => {
    const files = folder({ "db.ts": source(""), "pgbouncer.ini": "[pgbouncer]\npool_mode = session\n" });
    const client = await start({ folders: [files] });
    await client.pullWorkspace();
    const uri = files.uriOf("a.ts");
    await client.open(uri, source("  MARK:no-mark"));

    const shown = await hover(client, uri, { line: 1, character: 5 });

    expect(shown?.range).toEqual({ start: { line: 1, character: 2 }, end: { line: 1, character: 14 } });
    expect(markdown(shown)).toBe(
      [
        "**no-mark**: Marks are found.",
        "A mark stays on the server.",
        `- pool\\_mode: **session** ([pgbouncer.ini:1 pool\\_mode = session](${files.uriOf("pgbouncer.ini")}#L2))`.replace(
          "pool\\_mode:",
          "pool_mode:",
        ),
        "[More about no-mark](https://github.com/bouncer-safe/bouncer-safe/blob/main/docs/rules/no-mark.md)",
      ].join("\n\n"),
    );
  });

  test("on the constructor of a pool: the whole profile; on its arguments nothing", async () => {
    const files = folder();
    const client = await start({ folders: [files] });
    const uri = files.uriOf("a.ts");
    await client.open(uri, source("POOL()"));

    const text = markdown(await hover(client, uri, { line: 1, character: 1 }));

    expect(text).toContain("**PgBouncer, transaction mode (assumed)**");
    expect(text).toContain("- pool_mode: **transaction** (nothing in the workspace names a mode, assumed)");
    expect(text).toContain("node-postgres, application name `api`");
    expect(await hover(client, uri, { line: 1, character: 6 })).toBeNull();
  });

  test("elsewhere there is none", async () => {
    const files = folder();
    const client = await start({ folders: [files] });
    await client.open(files.uriOf("a.ts"), source("MARK:no-mark"));

    expect(await hover(client, files.uriOf("a.ts"), { line: 0, character: 3 })).toBeNull();
    expect(await hover(client, files.uriOf("not-open.ts"), { line: 0, character: 0 })).toBeNull();
  });

  test("a client of plain text gets no marks", async () => {
    const files = folder();
    const textDocument = { ...fullCapabilities.textDocument, hover: { contentFormat: ["plaintext" as const] } };
    const client = await start({ folders: [files], capabilities: { ...fullCapabilities, textDocument } });
    await client.open(files.uriOf("a.ts"), source("MARK:no-mark"));

    const shown = await hover(client, files.uriOf("a.ts"), { line: 1, character: 3 });

    expect(shown?.contents).toMatchObject({
      kind: "plaintext",
      value: expect.stringMatching(/^no-mark: Marks are found\.\n/),
    });
    expect(markdown(shown)).not.toMatch(/[*\\]|\]\(/);
  });
});
