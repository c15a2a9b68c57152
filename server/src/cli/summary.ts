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
  readonly setAside: number;
}

/** The last lines of a text report. */
export const summarize = (
  { report, findings, hidden, fixed, setAside }: Summary,
  { colors }: Pick<Terminal, "colors">,
): string => {
  const parts = (["error", "warning", "information", "hint"] as const).flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number ? [words[severity](number)] : [];
  });
  const verdict = parts.length ? parts.join(", ") : "no findings";
  const fixable = report.findings.filter(({ fixes }) => fixes.some(({ safety }) => safety === "safe")).length;
  const notes = [
    `${report.files.analysed} of ${plural(report.files.seen, "file")} analysed`,
    `${plural(report.inventory.pools.length, "pool")}, ${plural(report.inventory.transactions.length, "transaction")}`,
    ...(fixed ? [`${plural(fixed, "finding")} fixed`] : []),
    ...(fixable ? [`${fixable} can be fixed with --fix`] : []),
    ...(hidden ? [`${hidden} in the baseline`] : []),
    ...(setAside ? [`${plural(setAside, "generated file")} set aside`] : []),
  ];
  const paint = findings.some(({ severity }) => severity === "error")
    ? colors.red
    : parts.length
      ? colors.yellow
      : colors.green;
  return `${report.findings.length ? "\n" : ""}${paint(colors.bold(verdict))} ${colors.dim(`(${notes.join("; ")})`)}\n`;
};

const words: Readonly<Record<Severity, (number: number) => string>> = {
  error: (number) => plural(number, "error"),
  warning: (number) => plural(number, "warning"),
  information: (number) => `${number} for information`,
  hint: (number) => plural(number, "hint"),
};

const plural = (number: number, word: string): string => `${number} ${word}${number === 1 ? "" : "s"}`;
