import { setTimeout as wait } from "node:timers/promises";
import type { Analysis, Analyzer } from "../../../server/src/analyze.ts";
import type { FileFacts } from "../../../server/src/core/facts.ts";
import type { Model, Pool } from "../../../server/src/core/model.ts";
import type { Finding, Fix, Severity } from "../../../server/src/core/rule.ts";
import type { Snapshot } from "../../../server/src/core/snapshot.ts";
import { fakeProfile } from "./fake-profile.ts";

/**
 * Finds what a test wrote into its files, one finding a word:
 *
 *     MARK:rule                       a finding at the word, severity `warning`
 *     MARK:rule:severity              the same with a severity
 *     FIX:rule:new                    a finding with a safe fix that replaces the word by `new`, and a suggestion that removes it
 *     HINT:rule:new                   a finding whose only fix is a suggestion
 *     BOTH:rule:name.ts               a finding whose safe fix changes the file of that name as well
 *     SEES:rule:name.ts               a finding only as long as the snapshot holds a source of that name, which is related
 *     POOL()                          a pool in the model
 *     SLOW                            the analysis takes 200 ms
 *     CRASH                           the analysis throws
 *     BROKEN                          the file is told as set aside
 */
const marker = /\b(?:(MARK|FIX|HINT|BOTH|SEES):([\w-]+)(?::([\w.]+))?|CRASH|BROKEN|SLOW|POOL(?=\(\)))(?!\w)/g;

/** `factsOf`: what the front end would say of a file. */
export const createFakeAnalyzer = (factsOf: (path: string, text: string) => FileFacts = noFacts): Analyzer => ({
  async analyze(snapshot) {
    if ([...snapshot.sources.values()].some((text) => text.includes("SLOW"))) await wait(200);
    const facts = new Map([...snapshot.sources].map(([path, text]) => [path, factsOf(path, text)]));
    return { ...read(snapshot), facts, poolers: [], timing: [] };
  },
});

function read(snapshot: Snapshot): Pick<Analysis, "findings" | "model" | "crashes" | "profile"> {
  const profile = fakeProfile(snapshot);
  const findings: Finding[] = [];
  const pools: Pool[] = [];
  const crashes: { path: string; message: string }[] = [];
  for (const [path, text] of snapshot.sources) {
    for (const { 0: word, 1: kind, 2: rule = "", 3: extra = "", index } of text.matchAll(marker)) {
      const span = { start: index, end: index + word.length };
      if (word === "CRASH") throw new Error(`fell over ${nameOf(path)}`);
      if (word === "BROKEN") crashes.push({ path, message: "cannot be read" });
      if (word === "POOL") pools.push(fakePool(path, span, profile));
      const other = [...snapshot.sources.keys()].find((each) => nameOf(each) === extra);
      if (!kind || (kind === "SEES" && !other) || snapshot.settings.rules[rule] === "off") continue;
      const fix = (title: string, safety: Fix["safety"], newText: string): Fix => ({
        title,
        safety,
        edits: [{ path, span, newText }],
      });
      const both: Fix = {
        ...fix("Change both", "safe", "done"),
        edits: [
          { path, span, newText: "done" },
          { path: other ?? path, span: { start: 0, end: 0 }, newText: "// done\n" },
        ],
      };
      const fixes: Readonly<Record<string, readonly Fix[]>> = {
        FIX: [fix("Remove", "suggestion", ""), fix(`Replace by ${extra}`, "safe", extra)],
        HINT: [fix(`Try ${extra}`, "suggestion", extra)],
        BOTH: [both],
      };
      findings.push({
        path,
        span,
        rule,
        severity: (snapshot.settings.rules[rule] ?? (kind === "MARK" && extra ? extra : "warning")) as Severity,
        message: `${word} in ${profile.mode.value} mode`,
        related: kind === "SEES" ? [{ place: { path: other!, span: { start: 0, end: 6 } }, message: "here" }] : [],
        fixes: fixes[kind] ?? [],
      });
    }
  }
  return { findings, crashes, profile, model: { ...emptyModel, pools } };
}

const noFacts = () => ({ directives: [], statements: [], functions: [] }) as unknown as FileFacts;

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

const missing = (): never => {
  throw new Error("the fake model has no facts");
};

const emptyModel: Model = {
  pools: [],
  transactions: [],
  checkouts: [],
  statements: [],
  prepared: [],
  migrations: [],
  cursors: [],
  replicas: 1,
  bouncers: [],
  listens: [],
  implicitTransactions: [],
  text: missing,
  facts: missing,
  functionAt: missing,
  statementAt: missing,
  projectName: missing,
  packageVersion: missing,
};

/** As much of a pool as the server looks at. */
const fakePool = (path: string, span: Finding["span"], profile: Pool["profile"]): Pool =>
  ({
    place: { path, span: { start: span.start, end: span.end + 2 } },
    call: { calleeSpan: span },
    driver: { label: "node-postgres" },
    applicationName: { given: "yes", name: { kind: "constant", value: "api" } },
    profile,
  }) as Pool;
