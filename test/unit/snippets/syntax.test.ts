import { spawnSync } from "node:child_process";
import { ts } from "ts-morph";
import { describe, expect, test } from "vitest";
import { readIni } from "../../../server/src/pgbouncer/ini.ts";
import { isFragment } from "./context.ts";
import { fill } from "./fill.ts";
import { type Language, languages, readSnippets } from "./snippets.ts";

describe.each(languages)("%s snippets", (language) => {
  const snippets = readSnippets(language);

  test("each has a prefix of its own that starts with bs-, and a description", () => {
    const prefixes = snippets.map((snippet) => snippet.prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
    for (const { prefix, description } of snippets) {
      expect(prefix).toMatch(/^bs-[a-z0-9-]+$/);
      expect(description.length, prefix).toBeGreaterThan(20);
    }
  });

  test.each(snippets.map((snippet) => [snippet.prefix, snippet] as const))(
    "%s: tab stops are numbered from 1 without a gap",
    (_, { body }) => {
      const numbers = [...body.matchAll(/(?<!\\)\$\{?(\d+)/g)].map((match) => Number(match[1]));
      const stops = [...new Set(numbers)].filter((number) => number > 0).sort((a, b) => a - b);
      expect(stops).toEqual(stops.map((_, index) => index + 1));
      expect(numbers).toContain(0);
    },
  );
});

test("TypeScript and JavaScript offer the same snippets", () => {
  const [typescript, javascript] = [readSnippets("typescript"), readSnippets("javascript")];
  expect(javascript.map(({ prefix, description }) => [prefix, description])).toEqual(
    typescript.map(({ prefix, description }) => [prefix, description]),
  );
});

describe.each([
  ["typescript", "snippet.ts"],
  ["javascript", "snippet.js"],
] as const)("%s parses", (language, path) => {
  test.each(texts(language))("%s", (_, text) => {
    const source = isFragment(text) ? `export const options = {\n${text}\n};` : text;
    expect(syntaxErrors(path, source)).toEqual([]);
  });
});

test("a syntax error would be seen", () => {
  expect(syntaxErrors("snippet.ts", "const a = {;")).not.toEqual([]);
  expect(syntaxErrors("snippet.js", "const a: string = 1;")).not.toEqual([]);
});

test.each(texts("pgbouncer"))("pgbouncer.ini parses: %s", (prefix, text) => {
  const ini = readIni(prefix.endsWith("-database") ? `[databases]\n${text}` : text);
  expect(ini.unreadable).toEqual([]);
  const values = Object.fromEntries(
    ini.sections.flatMap(({ entries }) => entries).map(({ key, value }) => [key, value]),
  );
  if (prefix.endsWith("-database")) expect(values.app_session).toContain("pool_mode=session");
  else expect(prefix).toBe(`bs-pgbouncer-${values.pool_mode}`);
});

const hasPython = spawnSync("python3", ["--version"]).status === 0;

test("python parses", ({ skip }) => {
  skip(!hasPython, "there is no python3");
  const snippets = texts("python");
  const errors = pythonErrors(snippets.map(([, text]) => (isFragment(text) ? `options = dict(\n${text}\n)` : text)));
  expect(snippets.flatMap(([prefix], index) => (errors[index] ? [`${prefix}: ${errors[index]}`] : []))).toEqual([]);
  expect(pythonErrors(["with a as:\n  pass"])[0]).toMatch(/syntax/);
});

function texts(language: Language): (readonly [prefix: string, text: string])[] {
  return readSnippets(language).flatMap(({ prefix, body }) =>
    fill(body, language === "python" && /[:\t]\s*$|\n\t+\$\{TM_SELECTED_TEXT\}\$0$/.test(body) ? "pass" : "").map(
      (text) => [prefix, text] as const,
    ),
  );
}

function syntaxErrors(path: string, text: string): readonly string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, allowJs: true },
  });
  return diagnostics.map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
}

/** For each text what python says of it; "" where it parses. */
function pythonErrors(texts: readonly string[]): readonly string[] {
  const program = `
import ast, json, sys
def error(text):
    try:
        ast.parse(text)
        return ""
    except SyntaxError as problem:
        return str(problem)
print(json.dumps([error(text) for text in json.load(sys.stdin)]))`;
  return JSON.parse(spawnSync("python3", ["-c", program], { input: JSON.stringify(texts) }).stdout.toString());
}
