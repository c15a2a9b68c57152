import type { Severity } from "../../core/rule.ts";
import { maskSecrets } from "../../core/secrets.ts";
import type { Lines } from "../lines.ts";
import type { Range, Report, ReportedFinding } from "../report.ts";
import type { Terminal } from "../terminal.ts";

/** A path of the report → the lines of that file. */
export type LinesByPath = (path: string) => Lines;

/** Each finding with the code that it stands on, then the places that lead there, in order. */
export const printText = (report: Report, lines: LinesByPath, { colors }: Pick<Terminal, "colors">): string =>
  report.findings.map((finding) => printFinding(finding, lines, colors)).join("\n");

const printFinding = (finding: ReportedFinding, lines: LinesByPath, colors: Terminal["colors"]): string => {
  const paint = painters(colors)[finding.severity];
  const rows = [
    `${paint(finding.severity)}${colors.dim("[")}${colors.bold(finding.rule)}${colors.dim("]")} ${finding.message}`,
    `  ${colors.cyan("-->")} ${where(finding)}`,
    ...frame(finding, lines(finding.path), paint, colors),
  ];
  for (const related of finding.related) {
    rows.push(
      `  ${colors.dim("in")} ${where(related)} ${related.message}`,
      ...frame(related, lines(related.path), colors.blue, colors),
    );
  }
  for (const { title, safety } of finding.fixes)
    rows.push(`  ${colors.green(safety === "safe" ? "fix:" : "suggestion:")} ${title}`);
  return `${rows.join("\n")}\n`;
};

const painters = (colors: Terminal["colors"]): Readonly<Record<Severity, (text: string) => string>> => ({
  error: colors.red,
  warning: colors.yellow,
  information: colors.blue,
  hint: colors.dim,
});

const where = ({ path, start }: Range): string => `${path}:${start.line}:${start.column}`;

/** Lines of code that are shown of a longer range. */
const mostLines = 4;
/** UTF-16 units of a line that are shown. */
const widest = 160;

const frame = (
  range: Range,
  lines: Lines,
  paint: (text: string) => string,
  colors: Terminal["colors"],
): readonly string[] => {
  if (range.start.line > lines.count || (lines.count === 1 && lines.line(1) === "")) return [];
  const last = Math.min(range.end.line, range.start.line + mostLines - 1);
  const gutter = String(last).length;
  const rows: string[] = [];
  for (let number = range.start.line; number <= last; number++) {
    // Secrets go before anything is cut: half a URL would not be known for one.
    const code = clean(maskSecrets(lines.line(number)));
    const from = number === range.start.line ? range.start.column - 1 : code.length - code.trimStart().length;
    const to = number === range.end.line ? range.end.column - 1 : code.length;
    const offset = from > widest - 40 ? from - 40 : 0;
    const shown = code.slice(offset, offset + widest);
    rows.push(`${colors.dim(`${String(number).padStart(gutter + 2)} |`)} ${shown}`);
    const length = Math.max(1, Math.min(to, offset + widest) - from);
    rows.push(`${colors.dim(`${" ".repeat(gutter + 2)} |`)} ${" ".repeat(from - offset)}${paint("^".repeat(length))}`);
  }
  if (last < range.end.line) rows.push(colors.dim(`${" ".repeat(gutter + 2)} | …`));
  return rows;
};

/** A tab is one column here; control characters and marks that turn the reading direction must not reach a terminal. */
const clean = (text: string): string =>
  text.replace(/\t/g, " ").replace(/\p{Cc}|\p{Zl}|\p{Zp}|\p{Bidi_Control}/gu, "\u00b7");
