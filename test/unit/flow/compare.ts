import { expect } from "vitest";
import { createAnalyzer } from "../../../server/src/analyze.ts";
import { type Files, root, snapshotOf } from "../../snapshot.ts";

/** What the rules of transactions say, as `path:line rule`, and what the code says that they should: `//! rule`. */
export async function compare(
  files: Files,
): Promise<{ readonly found: readonly string[]; readonly wanted: readonly string[] }> {
  const { findings, crashes, model } = await createAnalyzer().analyze(snapshotOf(files));
  expect(crashes).toEqual([]);
  const found = findings
    .filter(({ rule }) => /transaction|client|pool-per-request|release/.test(rule))
    .map(({ rule, path, span }) => {
      const line = model.text(path).slice(0, span.start).split("\n").length;
      return `${path.slice(root.length + 1)}:${line} ${rule}`;
    });
  const wanted = Object.entries(files).flatMap(([path, text]) =>
    text.split("\n").flatMap((line, index) => {
      const [, rules] = line.match(/\/\/! (.*)$/) ?? [];
      return (rules?.split(" ") ?? []).map((rule) => `${path}:${index + 1} ${rule}`);
    }),
  );
  return { found: found.sort(), wanted: wanted.sort() };
}
