import { readFileSync } from "node:fs";
import type { Analyzer } from "../analyze.ts";
import { type BaselineEntry, baselineName, parseBaseline } from "../baseline.ts";
import type { FactsPlace } from "../cache/facts-cache.ts";
import type { Finding, Rule, Severity } from "../core/rule.ts";
import { unusedSuppression } from "../suppressions.ts";
import { remembered } from "./cache.ts";
import { absolute, readConfiguration } from "./configuration.ts";
import { anyFix, type FixChoice, safeFix } from "./fix.ts";
import { type Arguments, lastValue, Misuse, type printable } from "./options.ts";
import { noRule } from "./rules.ts";
import { readTargets, type Targets } from "./targets.ts";
import type { Terminal } from "./terminal.ts";

/** The parts that the command line drives. */
export interface Engine {
  readonly version: string;
  /** The version, and when this copy of it was built. */
  readonly build: string;
  readonly rules: readonly Rule[];
  /** `place`: where facts of files are kept from one run to the next. */
  createAnalyzer(place?: FactsPlace): Promise<Analyzer>;
}

export type ExitCode = 0 | 1 | 2;

export const check = async (args: Arguments, terminal: Terminal, engine: Engine): Promise<ExitCode> => {
  const request = readRequest(args, terminal.cwd, engine.rules);
  if (!request.cached) return (await import("./answer.ts")).answer(request, terminal, engine);
  const { targets, configuration, baseline } = request;
  const question = {
    program: engine.build,
    words: [
      ...args.flags,
      ...[...args.values].flat(2),
      "--",
      ...args.positionals,
      String(terminal.colors.isColorSupported),
    ],
    roots: targets.roots,
    configuration,
    others: [baseline, ...(configuration ? [configuration] : [])],
  };
  // What answers is not even loaded where nothing changed.
  return remembered(question, terminal, async (recording) =>
    (await import("./answer.ts")).answer(request, recording, engine),
  );
};

/** What is asked for, by arguments that make sense together. */
export interface Request {
  readonly targets: Targets;
  /** Paths in the report are relative to this. */
  readonly folder: string;
  readonly format: "text" | "json" | "sarif" | "github";
  readonly fix: FixChoice | undefined;
  /** Fixes are printed instead of written. */
  readonly diff: boolean;
  readonly maxWarnings: number;
  readonly severity: Severity;
  wants(finding: Finding): boolean;
  readonly configuration: string | undefined;
  readonly baseline: string;
  readonly known: readonly BaselineEntry[];
  readonly writeBaseline: boolean;
  readonly print: (typeof printable)[number] | undefined;
  readonly timing: boolean;
  readonly quiet: boolean;
  /** What is printed depends on nothing but the files, and nothing is written. */
  readonly cached: boolean;
  /** Facts of files are kept for the next run. */
  readonly keepsFacts: boolean;
}

const readRequest = (args: Arguments, cwd: string, rules: readonly Rule[]): Request => {
  const targets = readTargets(args.positionals, cwd);
  const format = (lastValue(args, "format") ?? "text") as Request["format"];
  const asked = (args.values.get("rule") ?? []).flatMap((names) => names.split(","));
  const names = new Set([...rules.map(({ name }) => name), unusedSuppression]);
  const unknown = asked.find((name) => !names.has(name));
  if (unknown !== undefined) throw new Misuse(`--rule: ${noRule(unknown, rules)}`);
  const configuration = readConfiguration(args, cwd);
  const quiet = args.flags.has("quiet");
  const diff = args.flags.has("diff");
  if (diff && args.values.has("format")) throw new Misuse("--diff is a format of its own: leave --format out");
  const least =
    lastValue(args, "severity") ??
    (quiet ? "error" : format === "text" || format === "github" ? "information" : "hint");
  const baseline = lastValue(args, "baseline");
  if (baseline && args.flags.has("no-baseline")) throw new Misuse("--baseline and --no-baseline exclude each other");
  const baselinePath = baseline
    ? absolute(baseline, cwd)
    : `${targets.roots[0] === "/" ? "" : targets.roots[0]}/${baselineName}`;
  const writeBaseline = args.flags.has("write-baseline");
  return {
    targets,
    // People click on the paths of a text report, and GitHub wants them as the repository has them.
    folder: format === "json" ? targets.folder : cwd,
    format,
    fix: args.flags.has("fix-suggestions") ? anyFix : args.flags.has("fix") || diff ? safeFix : undefined,
    diff,
    maxWarnings: readCount(lastValue(args, "max-warnings") ?? "0", "--max-warnings"),
    severity: least as Severity,
    wants: ({ path, rule }) => targets.covers(path) && (asked.length === 0 || asked.includes(rule)),
    configuration,
    baseline: baselinePath,
    known: writeBaseline || args.flags.has("no-baseline") ? [] : readBaseline(baselinePath, baseline),
    writeBaseline,
    print: lastValue(args, "print") as Request["print"],
    timing: args.flags.has("timing"),
    quiet,
    keepsFacts: !args.flags.has("no-cache"),
    cached: !["no-cache", "fix", "fix-suggestions", "diff", "write-baseline", "timing"].some((flag) =>
      args.flags.has(flag),
    ),
  };
};

const readCount = (text: string, option: string): number => {
  if (!/^\d+$/.test(text)) throw new Misuse(`${option} takes a number, not '${text}'`);
  return Number(text);
};

const readBaseline = (path: string, asked: string | undefined): readonly BaselineEntry[] => {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    if (asked) throw new Misuse(`--baseline ${asked}: no such file`);
    return [];
  }
  try {
    return parseBaseline(text);
  } catch (error) {
    throw new Misuse(`${asked ?? baselineName} ${(error as Error).message}`);
  }
};
