import { readFileSync, writeFileSync } from "node:fs";
import { posix } from "node:path";
import type { Analyzer } from "../analyze.ts";
import { applyBaseline, printBaseline } from "../baseline.ts";
import type { Finding, Severity } from "../core/rule.ts";
import { Workspace } from "../workspace.ts";
import type { Engine, ExitCode, Request } from "./check.ts";
import { noteConfigurations } from "./configuration.ts";
import { applyFixes, disk, Trial } from "./fix.ts";
import { isNothing, nothing } from "./nothing.ts";
import { severities } from "./options.ts";
import { printStage } from "./print.ts";
import { createProgress } from "./progress.ts";
import { createReport, createTexts, type Report, relativePath } from "./report.ts";
import { printGithub } from "./reports/github.ts";
import { printJson } from "./reports/json.ts";
import { printPatch } from "./reports/patch.ts";
import { printSarif } from "./reports/sarif.ts";
import { printText } from "./reports/text.ts";
import { summarize } from "./summary.ts";
import type { Terminal } from "./terminal.ts";
import { printTiming } from "./timing.ts";
import { unread } from "./unread.ts";
import { cacheFolder } from "./user-cache.ts";

/** Rounds of `--fix`: a fix may uncover the next finding. */
const mostRounds = 10;

/** Reads the folders, analyses them, fixes what is asked for and prints the report. */
export const answer = async (request: Request, terminal: Terminal, engine: Engine): Promise<ExitCode> => {
  const begun = milliseconds();
  const workspace = new Workspace(
    request.targets.roots,
    request.configuration ? { configuration: request.configuration } : {},
  );
  const progress = createProgress(terminal);
  await workspace.scan({ progress });
  progress.done();
  const scanned = milliseconds();
  let snapshot = workspace.snapshot();
  const analyzer: Analyzer =
    isNothing(snapshot) && !request.print
      ? { analyze: async () => nothing }
      : await engine.createAnalyzer(
          request.keepsFacts ? { folder: cacheFolder(), build: engine.build, roots: request.targets.roots } : undefined,
        );
  let analysis = await analyzer.analyze(snapshot);
  let fixed = 0;
  const trial = new Trial(workspace);
  const skipped = new Map<string, string>();
  for (let round = 0; request.fix && round < mostRounds; round++) {
    const current = snapshot;
    const done = applyFixes(
      analysis.findings.filter(request.wants),
      request.fix,
      (path) => current.sources.get(path) ?? current.configurations.get(path),
      request.diff ? trial : disk(workspace),
    );
    for (const { path, message } of done.skipped) skipped.set(path, message);
    if (!done.applied) break;
    fixed += done.applied;
    snapshot = workspace.snapshot();
    analysis = await analyzer.analyze(snapshot);
  }
  // When the report is out.
  setImmediate(() => analyzer.keep?.());
  const wanted = analysis.findings.filter(request.wants);
  if (request.writeBaseline) {
    writeFileSync(request.baseline, printBaseline(wanted, posix.dirname(request.baseline)));
    terminal.err(`${count(wanted.length, "finding")} written to ${relativePath(terminal.cwd, request.baseline)}\n`);
    return 0;
  }
  const problems = workspace.problems;
  const crashes = [...analysis.crashes, ...problems.filter(({ kind }) => kind === "unreadable")];
  const isBroken = crashes.length > 0 || problems.some(({ kind }) => kind === "configuration");
  const tellProblems = (): void => {
    const note = (path: string, message: string) => terminal.err(`${relativePath(terminal.cwd, path)}: ${message}\n`);
    for (const [path, message] of skipped) note(path, message);
    for (const { path, message } of unread(request.targets.files, snapshot, problems)) note(path, message);
    noteConfigurations(problems, terminal);
    for (const crash of crashes) terminal.err(describeCrash(crash, terminal.cwd));
  };
  if (request.diff) {
    for (const [path, bytes] of [...trial.written].sort(([a], [b]) => (a < b ? -1 : 1)))
      terminal.out(printPatch(relativePath(terminal.cwd, path), readFileSync(path), bytes));
    tellProblems();
    return isBroken ? 2 : trial.written.size > 0 ? 1 : 0;
  }
  const { findings, hidden, unused } = applyBaseline(wanted, request.known, posix.dirname(request.baseline));
  const reported = findings.filter(
    ({ severity }) => severities.indexOf(severity) <= severities.indexOf(request.severity),
  );
  const report = createReport({
    version: engine.version,
    folder: request.folder,
    snapshot,
    analysis,
    findings: reported,
    crashes,
  });
  const texts = createTexts(snapshot);
  const lines = (path: string) => texts(posix.join(request.folder, path));
  if (request.print) {
    terminal.out(printStage(request.print, { analysis, report, lines: texts, folder: request.folder }));
  } else {
    terminal.out(
      request.format === "json"
        ? printJson(report)
        : request.format === "sarif"
          ? printSarif(report, engine.rules)
          : request.format === "github"
            ? printGithub(report)
            : printText(report, lines, terminal),
    );
  }
  tellProblems();
  for (const entry of unused)
    terminal.err(
      `${relativePath(terminal.cwd, request.baseline)}: no finding of ${entry.rule} in ${entry.path} is left: write the baseline again\n`,
    );
  if (request.timing)
    terminal.err(printTiming([{ stage: "read", ms: scanned - begun }, ...analysis.timing], milliseconds() - begun));
  if (request.format === "text" && !request.quiet && !request.print) {
    terminal.out(
      summarize(
        {
          report,
          findings,
          hidden,
          fixed,
          setAside: problems.filter(({ kind }) => kind === "set aside").map(({ message }) => message.split(": ")[1]!),
          inis: [...analysis.facts.values()].filter(({ language }) => language === "ini").length,
        },
        terminal,
      ),
    );
  }
  if (isBroken) return 2;
  const code = exitCode(findings, request.maxWarnings);
  // A report that shows no warnings must not fail for them without a word.
  if (code === 1 && severities.indexOf(request.severity) < severities.indexOf("warning") && reported.length === 0) {
    const warnings = findings.filter(({ severity }) => severity === "warning").length;
    terminal.err(`${count(warnings, "warning")} not shown, more than --max-warnings ${request.maxWarnings}\n`);
  }
  return code;
};

/** Node loads its `performance` when it is first asked for, which takes 2 ms. */
const milliseconds = (): number => Number(process.hrtime.bigint()) / 1e6;

const exitCode = (findings: readonly Finding[], maxWarnings: number): ExitCode => {
  const of = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length;
  return of("error") > 0 || of("warning") > maxWarnings ? 1 : 0;
};

const describeCrash = ({ path, rule, message }: Report["crashes"][number], cwd: string): string =>
  `${[path && relativePath(cwd, path), rule].filter(Boolean).join(": ")}: ${message}\n`;

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? "" : "s"}`;
