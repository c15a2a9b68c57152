import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { rules } from "../../server/src/rules/index.ts";
import { parseScenes, printScenes, type Scene, transcriptPath } from "./transcript.ts";

const scene = (title: string, place: string, line: string): Scene => ({
  title,
  place,
  settings: title === "first" ? ["default_pool_size = 1", "query_wait_timeout = 1"] : [],
  lines: ["app       ask()", `            ${line}`],
});

const scenes = [
  scene("first", "1.18 session", "one"),
  scene("first", "1.18 transaction", "two"),
  scene("first", "1.24 session", "one"),
  scene("second", "1.18 transaction", "three"),
];

test("a transcript: what was printed is read back", () => {
  const read = parseScenes(printScenes("some-rule", ["first", "second"], scenes));
  const sorted = (all: readonly Scene[]) => all.map((scene) => JSON.stringify(scene)).sort();
  expect(sorted(read)).toEqual(sorted(scenes));
});

test("a transcript: places where the same was said share a section", () => {
  expect(printScenes("some-rule", ["first"], scenes)).toContain("PgBouncer 1.18 session · 1.24 session, with");
});

const startsOrNot = "whether PgBouncer starts: ini-start.test.ts";
const defaults = "what the default is: ini-settings.test.ts";
const advice = "what is advised against here goes right on loopback";

/** Rules without a transcript, with what proves them instead or why nothing does. */
const unplayed: Readonly<Record<string, string>> = {
  "ini-bad-database-parameter": startsOrNot,
  "ini-bad-value": startsOrNot,
  "ini-duplicate-key": startsOrNot,
  "ini-missing-setting": startsOrNot,
  "ini-quoted-database-name": startsOrNot,
  "ini-setting-too-new": startsOrNot,
  "ini-trailing-comment": startsOrNot,
  "ini-unknown-setting": startsOrNot,
  "ini-unreadable-line": startsOrNot,
  "ini-min-over-pool": defaults,
  "ini-pool-mode-implicit": defaults,
  "ini-query-wait-long": defaults,
  "ini-no-client-tls": advice,
  "ini-old-version": advice,
  "ini-password-in-file": advice,
  "ini-server-tls-prefer": advice,
  "ini-trust-public": advice,
  "ini-weak-auth": advice,
  "ini-wildcard-database": advice,
  "ini-transaction-timeout": "a setting of 1.25, which no release of Debian has",
};

/** Rules of Python's own have no transcript by their name: what was seen of their libraries is in those that begin with `python-`. */
const isPython = (rule: string) => existsSync(new URL(`../rules/${rule}/example.py`, import.meta.url));

test("a transcript: every rule has one, or it is said why not", () => {
  const missing = rules.filter(({ name }) => !existsSync(transcriptPath(name)) && !isPython(name));
  expect(missing.map(({ name }) => name).sort()).toEqual(Object.keys(unplayed).sort());
});
