import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createAnalyzer } from "../../server/src/analyze.ts";
import { rules } from "../../server/src/rules/index.ts";
import { snapshotOf } from "../snapshot.ts";
import { fixturesOf, ruleFolders } from "./fixture.ts";

const files = readdirSync(new URL("../../server/src/rules/", import.meta.url))
  .filter((name) => name.endsWith(".ts") && name !== "index.ts")
  .map((name) => name.replace(/\.ts$/, ""));

describe("rules", () => {
  it("are the files of their folder, each once", () => {
    expect(rules.map(({ name }) => name).sort()).toEqual(files.sort());
  });

  it("each have a folder of fixtures, and no folder is without its rule", () => {
    expect(ruleFolders().filter((name) => !name.startsWith("_"))).toEqual(files.sort());
  });

  it.each(rules.map((rule) => [rule.name, rule] as const))("%s is described", (_name, { summary, why }) => {
    expect(summary).toMatch(/^[A-Z][^\n]{20,140}\.$/);
    expect(why).toMatch(/^[A-Z`]/);
    expect(why.trimEnd()).toMatch(/[.`]$/);
    // The page says where the rule ends.
    expect(why).toMatch(/does not see|is silent|knows/);
  });
});

describe("what a rule says of its fixes", () => {
  it.each(rules.map((rule) => [rule.name, rule] as const))("%s: %o", async (name, { fix }) => {
    const analyzer = createAnalyzer();
    const seen = new Set<string>();
    for (const fixture of fixturesOf(name)) {
      const { findings } = await analyzer.analyze(snapshotOf(fixture.files));
      for (const finding of findings) if (finding.rule === name) for (const { safety } of finding.fixes) seen.add(safety);
    }
    const expected = { none: [], safe: ["safe"], suggestion: ["suggestion"], both: ["safe", "suggestion"] }[fix];
    expect([...seen].sort()).toEqual(expected);
  });
});
