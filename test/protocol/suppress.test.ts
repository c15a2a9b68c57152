import { expect, test } from "vitest";
import type { Range, TextDocumentEdit } from "vscode-languageserver";
import { applyTextEdits } from "./support/client.ts";
import { useServer } from "./support/use-server.ts";

const { start, folder } = useServer(new URL("./support/facts-server.ts", import.meta.url).pathname);

const whole: Range = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };
const driver = 'import "pg";\n';

/** The text after the suppression of rule `a`. */
async function suppressed(text: string, what: "line" | "file", name = "a.ts"): Promise<string> {
  const files = folder();
  const client = await start({ folders: [files] });
  await client.open(files.uriOf(name), text);
  const actions = await client.actions(files.uriOf(name), whole);
  const action = actions.find(({ title }) => title === `Disable a for this ${what}`);
  const [change] = action!.edit!.documentChanges as TextDocumentEdit[];
  return applyTextEdits(text, change!.edits as never);
}

test("a line gets a comment above, indented like it", async () => {
  expect(await suppressed(`${driver}{\n\tf("MARK:a");\n}\n`, "line")).toBe(
    `${driver}{\n\t// bouncer-safe-disable-next-line a\n\tf("MARK:a");\n}\n`,
  );
});

test("the file's line ends are kept", async () => {
  expect(await suppressed('import "pg";\r\n  f("MARK:a");\r\n', "line")).toBe(
    'import "pg";\r\n  // bouncer-safe-disable-next-line a\r\n  f("MARK:a");\r\n',
  );
});

test.each([
  ["// bouncer-safe-disable-next-line b", "// bouncer-safe-disable-next-line b, a"],
  ["// bouncer-safe-disable-next-line b, c -- the reason", "// bouncer-safe-disable-next-line b, c, a -- the reason"],
  ["/* bouncer-safe-disable-next-line b */", "/* bouncer-safe-disable-next-line b, a */"],
])("a comment that is there takes the name: %s", async (before, after) => {
  expect(await suppressed(`${driver}${before}\nf("MARK:a");\n`, "line")).toBe(`${driver}${after}\nf("MARK:a");\n`);
});

test("within a template, where a line would be text, the comment stands beside the finding", async () => {
  expect(await suppressed(`${driver}const t = \`\n  \${MARK:a}\`;\n`, "line")).toBe(
    `${driver}const t = \`\n  \${/* bouncer-safe-disable-line a */ MARK:a}\`;\n`,
  );
});

test("within JSX too", async () => {
  expect(
    await suppressed(
      `${driver}export const P = () => (\n  <p>\n    {f(MARK_a)}{MARK:a}\n  </p>\n);\n`,
      "line",
      "a.tsx",
    ),
  ).toBe(
    `${driver}export const P = () => (\n  <p>\n    {f(MARK_a)}{/* bouncer-safe-disable-line a */ MARK:a}\n  </p>\n);\n`,
  );
});

test("a statement in a JSX file gets its comment above", async () => {
  expect(await suppressed(`${driver}f("MARK:a");\n`, "line", "a.tsx")).toBe(
    `${driver}// bouncer-safe-disable-next-line a\nf("MARK:a");\n`,
  );
});

test("a file gets its comment at the top, below what must stay first", async () => {
  expect(await suppressed(`${driver}f("MARK:a");\n`, "file")).toBe(
    `// bouncer-safe-disable a\n${driver}f("MARK:a");\n`,
  );
  expect(await suppressed(`#!/usr/bin/env node\r\nimport "pg"; f("MARK:a");`, "file", "a.mjs")).toBe(
    `#!/usr/bin/env node\r\n// bouncer-safe-disable a\r\nimport "pg"; f("MARK:a");`,
  );
});

test("a comment for the file takes another name", async () => {
  expect(await suppressed(`/* bouncer-safe-disable b */\n${driver}f("MARK:a");\n`, "file")).toBe(
    `/* bouncer-safe-disable b, a */\n${driver}f("MARK:a");\n`,
  );
});
