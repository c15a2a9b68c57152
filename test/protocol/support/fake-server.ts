import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import type { Analysis } from "../../../server/src/analyze.ts";
import type { Finding, Severity } from "../../../server/src/core/rule.ts";
import type { Snapshot } from "../../../server/src/core/snapshot.ts";
import { serve } from "../../../server/src/lsp/server.ts";
import { Workspace } from "../../../server/src/workspace.ts";
import { fakeProfile } from "./fake-profile.ts";

/**
 * The language server with an analyzer that finds what the test wrote into its files, one finding a marker:
 *
 *     MARK:rule                       a finding at the word, by severity `warning`
 *     MARK:rule:severity              the same with a severity
 *     FIX:rule:new                    a finding with a safe fix that replaces the word by `new`
 *     HINT:rule:new                   the same as a suggestion
 *     SEES:rule:other.ts              a finding only while the snapshot holds a source of that name; the other file is related
 *     CRASH                           the analysis throws
 *     BROKEN                          the file is reported as set aside
 */
const marker = /\b(?:(MARK|FIX|HINT|SEES):([\w-]+)(?::([\w.]+))?|CRASH|BROKEN)\b/g;

const analyze = (snapshot: Snapshot): Analysis => {
  const findings: Finding[] = [];
  const crashes: { path: string; message: string }[] = [];
  for (const [path, text] of snapshot.sources) {
    for (const match of text.matchAll(marker)) {
      const [word, kind, rule = "", extra] = match;
      const span = { start: match.index, end: match.index + word.length };
      if (word === "CRASH") throw new Error(`fell over ${path.slice(path.lastIndexOf("/") + 1)}`);
      if (word === "BROKEN") crashes.push({ path, message: "cannot be read" });
      if (!kind) continue;
      const other =
        kind === "SEES" ? [...snapshot.sources.keys()].find((each) => each.endsWith(`/${extra}`)) : undefined;
      if (kind === "SEES" && !other) continue;
      const severity = kind === "MARK" && extra ? (extra as Severity) : "warning";
      const fix = (title: string, safety: "safe" | "suggestion", newText: string) => ({
        title,
        safety,
        edits: [{ path, span, newText }],
      });
      findings.push({
        path,
        span,
        rule,
        severity:
          snapshot.settings.rules[rule] && snapshot.settings.rules[rule] !== "off"
            ? (snapshot.settings.rules[rule] as Severity)
            : severity,
        message: `\`${word}\` in ${snapshot.settings.pooler.mode ?? "transaction"} mode`,
        related: other ? [{ place: { path: other, span: { start: 0, end: 6 } }, message: "here" }] : [],
        fixes:
          kind === "FIX"
            ? [fix(`Replace by ${extra}`, "safe", extra!), fix("Remove", "suggestion", "")]
            : kind === "HINT"
              ? [fix(`Try ${extra}`, "suggestion", extra!)]
              : [],
      });
    }
  }
  const profile = fakeProfile(snapshot);
  return {
    findings: findings.filter(({ rule }) => snapshot.settings.rules[rule] !== "off"),
    crashes,
    profile,
    facts: new Map(),
    timing: [],
    model: {
      pools: [],
      transactions: [],
      checkouts: [],
      statements: [],
      text: (path) => snapshot.sources.get(path) ?? "",
      facts: () => {
        throw new Error("no facts");
      },
      functionAt: () => {
        throw new Error("no functions");
      },
      statementAt: () => undefined,
      projectName: () => undefined,
    },
  };
};

serve(createConnection(ProposedFeatures.all), {
  openWorkspace: (roots, settings) => new Workspace(roots, { settings }),
  loadAnalyzer: async () => ({ analyze: async (snapshot) => analyze(snapshot) }),
  loadRules: async () => [
    {
      name: "no-mark",
      summary: "Marks are found.",
      why: "A mark stays on the server.\n\nIt does not see others.",
      dependsOn: ["mode", "version"],
    },
  ],
});
