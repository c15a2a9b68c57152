import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readIni } from "../../../server/src/pgbouncer/ini.ts";
import { iniCases } from "../../proofs/inis/table.ts";
import { disordered, formatted as format } from "./ini-document.ts";

/** What PgBouncer reads of a text. */
function meaning(text: string): unknown {
  const { sections, loose, includes, unreadable } = readIni(text);
  return {
    loose: loose.map(({ key, value }) => [key, value]),
    sections: sections.map(({ name, entries }) => [name, ...entries.map(({ key, value }) => [key, value])]),
    includes: includes.map(({ file, section }) => [file, section]),
    unreadable: unreadable.length,
  };
}

function unharmed(text: string, name: string): void {
  const formatted = format(text);
  expect(meaning(formatted), name).toEqual(meaning(text));
  expect(format(formatted), name).toBe(formatted);
  expect(formatted.replace(/[ \t]/g, ""), name).toBe(text.replace(/[ \t]/g, ""));
}

describe("formatting", () => {
  test.each([
    [
      "around =",
      "[pgbouncer]\npool_mode=transaction\nverbose   =\t1\n",
      "[pgbouncer]\npool_mode = transaction\nverbose = 1\n",
    ],
    [
      "before a key",
      "[pgbouncer]\n  pool_mode = session\n\t%include a.ini\n",
      "[pgbouncer]\npool_mode = session\n%include a.ini\n",
    ],
    ["before a header", "  [users]\n", "[users]\n"],
    [
      "at the end of a line",
      "; words  \n[users]\t\n\n  \na = pool_mode=session  ",
      "; words\n[users]\n\n\na = pool_mode=session",
    ],
    [
      "before nothing",
      "[pgbouncer]\nserver_reset_query =   \nauth_hba_file=\n",
      "[pgbouncer]\nserver_reset_query =\nauth_hba_file =\n",
    ],
    ["with Windows line ends", "[pgbouncer]\r\npool_mode=session  \r\n", "[pgbouncer]\r\npool_mode = session\r\n"],
    ["behind a header", "[databases]   a=host=b\n", "[databases]   a = host=b\n"],
  ])("sets the blanks %s", (_, text, formatted) => {
    expect(format(text)).toBe(formatted);
  });

  test.each([
    ["inside a value", "[databases]\na = host = b  port= 5432 password='x  y ='\n"],
    ["of a comment", "  ;  a=b   c\n#d=e\n"],
    ["of a line that cannot be read", "[pgbouncer]\n  pool_mode  \n"],
    ["behind a byte order mark", "\uFEFF[pgbouncer]\npool_mode = session\n"],
    ["that are no blanks", "[pgbouncer]\npool_mode = session\u00a0\n"],
  ])("leaves the blanks alone %s", (_, text) => {
    expect(format(text)).toBe(text);
  });

  const rules = join(import.meta.dirname, "../../rules");
  const fixtures = readdirSync(rules, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ini"))
    .map((path) => ({ name: path, text: readFileSync(join(rules, path), "utf8") }));

  test("keeps every entry of the files that are tried on the real program, and of the rules' fixtures", () => {
    expect(iniCases.length).toBeGreaterThanOrEqual(100);
    expect(fixtures.length).toBeGreaterThan(40);
    for (const { name, text } of [...iniCases, ...fixtures]) {
      unharmed(text, name);
      unharmed(disordered(text), name);
      expect(format(disordered(text)), name).toBe(format(text));
    }
  });

  /** Any mixture of what an ini file is made of. */
  const parts = [
    "[pgbouncer]",
    "[databases]",
    "a",
    "'b c'",
    "*",
    "=",
    " ",
    "  ",
    "\t",
    ";",
    "#",
    "x='y  z'",
    "%include f",
    "\n",
    "\r\n",
    "\uFEFF",
    "]",
    "[",
  ];

  test("never changes what PgBouncer reads, and has nothing more to do the second time", () => {
    let seed = 1;
    const next = (below: number): number => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: next(40) }, () => parts[next(parts.length)]).join("");
      unharmed(text, JSON.stringify(text));
    }
  });
});
