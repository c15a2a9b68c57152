import type { Severity } from "../../core/rule.ts";
import type { Report } from "../report.ts";

const commands: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

/** Workflow commands that GitHub turns into annotations. https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
export const printGithub = (report: Report): string =>
  report.findings
    .map((finding) => {
      const related = finding.related
        .map(({ path, start, message }) => `\n${path}:${start.line}:${start.column} ${message}`)
        .join("");
      const properties = {
        file: finding.path,
        line: finding.start.line,
        endLine: finding.end.line,
        // GitHub refuses columns over several lines.
        ...(finding.start.line === finding.end.line
          ? { col: finding.start.column, endColumn: finding.end.column }
          : {}),
        title: finding.rule,
      };
      const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
      return `::${commands[finding.severity]} ${written.join(",")}::${escapeData(finding.message + related)}\n`;
    })
    .join("");

const escapeData = (text: string): string => text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");

const escapeProperty = (text: string): string => escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
