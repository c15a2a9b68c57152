import { parser as python } from "@lezer/python";
import { writeFileSync } from "node:fs";
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";
import { type Analysis, createAnalyzer } from "../../server/src/analyze.ts";
import { applyEdits } from "../../server/src/core/edit.ts";
import type { Finding, Fix } from "../../server/src/core/rule.ts";
import { readIni } from "../../server/src/pgbouncer/ini.ts";
import { rules } from "../../server/src/rules/index.ts";
import { absolute, type Files, root, snapshotOf } from "../snapshot.ts";
import { type Fixture, fixturesOf, readGolden, ruleFolders, type Want } from "./fixture.ts";

const analyzer = createAnalyzer();
const update = process.env.UPDATE === "1";

const analyze = (files: Files): Promise<Analysis> => analyzer.analyze(snapshotOf(files));

const isExample = (name: string): boolean => /^[^/]+\/example\.[a-z]+$|^[^/]+\/example\/$/.test(name);

const isIniRule = (rule: string): boolean => rule.startsWith("ini-");

/**
 * A pgbouncer.ini stands in many fixtures as evidence: what its own rules say of it is told in their folders. There, what the other rules
 * say of it is left out as far as it is no more than advice.
 */
const analyzeIn = async (folder: string, files: Files): Promise<Analysis> => {
  const analysis = await analyze(files);
  // Fixes are made when they are asked for, and can be asked for until the next analysis.
  for (const finding of analysis.findings) void finding.fixes;
  const isAdvice = ({ severity }: Finding) => severity === "hint" || severity === "information";
  const speaks = (finding: Finding) =>
    !isIniRule(finding.rule) || (isIniRule(folder) && (finding.rule === folder || !isAdvice(finding)));
  return { ...analysis, findings: analysis.findings.filter(speaks) };
};

describe("every rule", () => {
  it.each(rules.map(({ name }) => name))("%s has an example with a finding", async (name) => {
    const example = fixturesOf(name).find((fixture) => isExample(fixture.name));
    expect(example, `test/rules/${name}/example.ts`).toBeDefined();
    const { findings } = await analyze(example!.files);
    expect(findings.map(({ rule }) => rule)).toContain(name);
  });
});

describe.each(ruleFolders())("%s", (folder) => {
  describe.each(fixturesOf(folder))("$name", (fixture) => {
    it("has the findings that it wants, and no others", async () => {
      const { findings, crashes } = await analyzeIn(folder, fixture.files);
      expect(crashes).toEqual([]);
      const problems = compare(fixture, findings);
      if (problems.length > 0) expect.fail(problems.join("\n"));
    });

    it("is mended by each fix on its own", async () => {
      const { findings } = await analyzeIn(folder, fixture.files);
      for (const finding of findings) for (const fix of finding.fixes) await mends(folder, fixture.files, findings, finding, fix);
    });

    it("reads like its golden after the first fixes", async () => {
      const fixed = await fixAll(folder, fixture.files);
      for (const [path, text] of Object.entries(fixture.files)) {
        const golden = fixture.golden(path);
        if (fixed[path] !== text && update) writeFileSync(golden, fixed[path]!);
        const kept = readGolden(golden);
        if (fixed[path] !== text) expect(fixed[path], `UPDATE=1 writes ${golden}`).toBe(kept);
        else if (kept !== undefined) expect(await found(folder, { ...fixture.files, [path]: kept }, path), "a golden by hand has no findings").toEqual([]);
      }
    });
  });
});

const found = async (folder: string, files: Files, path: string): Promise<readonly string[]> =>
  (await analyzeIn(folder, files)).findings.filter((finding) => finding.path === absolute(path)).map(({ rule }) => rule);

/** What is wanted and not found, and what is found and not wanted, as lines to read. */
function compare({ rule, files, wants }: Fixture, findings: readonly Finding[]): readonly string[] {
  const left = new Set(findings);
  const problems: string[] = [];
  for (const want of wants) {
    if (want.kind === "related") {
      const met = findings.some((finding) => finding.related.some(({ place, message }) => isAt(files, place.path, place.span.start, want) && matches(message, want)));
      if (!met) problems.push(`${want.path}:${want.line} wants related "${want.pattern}", related are ${relatedAt(files, findings)}`);
      continue;
    }
    const wanted = want.rule ?? rule;
    const here = [...left].filter((finding) => finding.rule === wanted && isAt(files, finding.path, finding.span.start, want));
    if (want.kind === "later") {
      if (here.length > 0) problems.push(`${want.path}:${want.line} is found now, it can be a want: ${here[0]!.message}`);
      continue;
    }
    const finding = here.find(({ message, severity }) => matches(message, want) && (want.severity ?? severity) === severity);
    if (!finding) {
      problems.push(`${want.path}:${want.line} wants ${wanted} ${want.severity ?? ""} "${want.pattern}", has ${here.map(({ severity, message }) => `${severity}: ${message}`).join(" | ") || "nothing"}`);
      continue;
    }
    left.delete(finding);
    if (want.marked) {
      const line = lineStart(files, want.path, want.line);
      const columns = { from: finding.span.start - line, to: finding.span.end - line };
      if (columns.from !== want.marked.from || columns.to !== want.marked.to) problems.push(`${want.path}:${want.line} marks ${JSON.stringify(want.marked)}, found at ${JSON.stringify(columns)}`);
    }
  }
  for (const { path, span, rule: name, severity, message } of left) problems.push(`${short(path)}:${lineOf(files, path, span.start)} has an unwanted ${severity} of ${name}: ${message}`);
  return problems;
}

async function mends(folder: string, files: Files, before: readonly Finding[], finding: Finding, fix: Fix): Promise<void> {
  const label = `${finding.rule}: ${fix.title}`;
  const fixed = apply(files, fix);
  for (const [path, text] of Object.entries(fixed)) {
    if (text !== files[path]) expect(syntaxErrors(path, text), `${label}\n${text}`).toBeLessThanOrEqual(syntaxErrors(path, files[path]!));
  }
  const after = await analyzeIn(folder, fixed);
  const changed = fix.edits.map(({ path }) => fixed[short(path)]).join("\n");
  expect(after.crashes).toEqual([]);
  expect(count(after.findings, finding.rule), `${label} leaves the finding\n${changed}`).toBeLessThan(count(before, finding.rule));
  for (const { rule, message } of after.findings) expect(count(after.findings, rule), `${label} makes a finding: ${message}\n${changed}`).toBeLessThanOrEqual(count(before, rule));
}

/** Applies the first fix of each finding, and again on what comes out, until nothing is left to fix. */
async function fixAll(folder: string, files: Files): Promise<Files> {
  let fixed = files;
  for (let round = 0; round < 40; round++) {
    const { findings } = await analyzeIn(folder, fixed);
    const taken: Fix["edits"][number][] = [];
    for (const finding of findings) {
      const edits = finding.fixes[0]?.edits ?? [];
      const collides = edits.some((edit) => taken.some((other) => other.path === edit.path && edit.span.start <= other.span.end && other.span.start <= edit.span.end));
      if (!collides) taken.push(...edits);
    }
    if (taken.length === 0) return fixed;
    fixed = apply(fixed, { title: "", safety: "suggestion", edits: taken });
  }
  throw new Error("the fixes never come to an end");
}

function apply(files: Files, { edits, title }: Fix): Files {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  for (const [index, edit] of sorted.entries()) {
    const text = files[short(edit.path)];
    expect(text, `${title} changes ${edit.path}`).toBeDefined();
    expect(edit.span.start).toBeGreaterThanOrEqual(0);
    expect(edit.span.end).toBeLessThanOrEqual(text!.length);
    const next = sorted[index + 1];
    if (next?.path === edit.path) expect(next.span.start, `${title}: edits overlap`).toBeGreaterThanOrEqual(edit.span.end);
  }
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, applyEdits(text, edits.filter((edit) => edit.path === absolute(path)))]),
  );
}

const syntaxErrors = (path: string, text: string): number =>
  path.endsWith(".json") ? ts.parseConfigFileTextToJson(path, text).error === undefined ? 0 : 1 :
  path.endsWith(".ini") ? readIni(text).unreadable.length :
  path.endsWith(".py") ? pythonErrors(text) :
  ts.transpileModule(text, { fileName: path, reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ESNext, allowJs: true } }).diagnostics?.length ?? 0;

function pythonErrors(text: string): number {
  let errors = 0;
  python.parse(text).iterate({ enter: ({ type }) => void (type.isError && errors++) });
  return errors;
}

const count = (findings: readonly Finding[], rule: string): number => findings.filter((finding) => finding.rule === rule).length;

const matches = (message: string, { pattern }: Want): boolean => message.includes(pattern) || new RegExp(pattern).test(message);

const short = (path: string): string => path.slice(root.length + 1);

const isAt = (files: Files, path: string, offset: number, want: Want): boolean => short(path) === want.path && lineOf(files, path, offset) === want.line;

const lineOf = (files: Files, path: string, offset: number): number => (files[short(path)] ?? "").slice(0, offset).split("\n").length;

const lineStart = (files: Files, path: string, line: number): number =>
  files[path]!.split("\n").slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);

const relatedAt = (files: Files, findings: readonly Finding[]): string =>
  findings.flatMap(({ related }) => related.map(({ place, message }) => `${short(place.path)}:${lineOf(files, place.path, place.span.start)} ${message}`)).join(" | ") || "none";
