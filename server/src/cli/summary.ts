import type { Finding, Severity } from "../core/rule.ts";
import type { Report } from "./report.ts";
import type { Terminal } from "./terminal.ts";

export interface Summary {
  readonly report: Report;
  /** All that count, also those that the report leaves out. */
  readonly findings: readonly Finding[];
  /** By the baseline. */
  readonly hidden: number;
  readonly fixed: number;
  /** Files that are not analysed, each by the reason. */
  readonly setAside: readonly string[];
  /** Files of the workspace that are a pgbouncer.ini. */
  readonly inis: number;
}

/** The last lines of a text report. */
export const summarize = (
  { report, findings, hidden, fixed, setAside, inis }: Summary,
  { colors }: Pick<Terminal, "colors">,
): string => {
  const parts = (["error", "warning", "information", "hint"] as const).flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number ? [words[severity](number)] : [];
  });
  const verdict = parts.length ? parts.join(", ") : "no findings";
  const fixable = findings.filter(({ fixes }) => fixes.some(({ safety }) => safety === "safe")).length;
  const unseen = findings.length - report.findings.length;
  const notes = [
    ...(unseen ? [`${unseen} not shown: --severity hint`] : []),
    ...analysed(report),
    ...(inis ? [inis === 1 ? "1 pgbouncer.ini" : `${inis} files pgbouncer.ini`] : []),
    ...(fixed ? [`${plural(fixed, "finding")} fixed`] : []),
    ...(fixable ? [`${fixable} can be fixed with --fix`] : []),
    ...(hidden ? [`${hidden} in the baseline`] : []),
    ...(setAside.length ? [`${plural(setAside.length, "file")} set aside: ${[...new Set(setAside)].join(", ")}`] : []),
  ];
  const paint = findings.some(({ severity }) => severity === "error")
    ? colors.red
    : parts.length
      ? colors.yellow
      : colors.green;
  return `${report.findings.length ? "\n" : ""}${paint(colors.bold(verdict))} ${colors.dim(`(${notes.join("; ")})`)}\n`;
};

/** Which sources were read, and what was found in them. */
function analysed({ files, inventory }: Report): string[] {
  if (files.analysed === 0)
    return files.seen ? [`no database code in ${plural(files.seen, "file")}`] : ["no source files"];
  return [
    `${files.analysed} of ${plural(files.seen, "file")} analysed`,
    `${plural(inventory.pools.length, "pool")}, ${plural(inventory.transactions.length, "transaction")}`,
  ];
}

const words: Readonly<Record<Severity, (number: number) => string>> = {
  error: (number) => plural(number, "error"),
  warning: (number) => plural(number, "warning"),
  information: (number) => `${number} for information`,
  hint: (number) => plural(number, "hint"),
};

const plural = (number: number, word: string): string => `${number} ${word}${number === 1 ? "" : "s"}`;
