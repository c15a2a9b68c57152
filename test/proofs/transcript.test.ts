import { expect, test } from "vitest";
import { parseScenes, printScenes, type Scene } from "./transcript.ts";

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
