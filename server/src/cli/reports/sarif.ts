import type { Rule, Severity } from "../../core/rule.ts";
import type { Range, Report, ReportedFinding, ReportedFix } from "../report.ts";

const levels: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

/** SARIF 2.1.0, columns in UTF-16 units. https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export const printSarif = (report: Report, rules: readonly Rule[]): string => {
  const reported = [...new Set([...rules.map(({ name }) => name), ...report.findings.map(({ rule }) => rule)])];
  const described = new Map(rules.map((rule) => [rule.name, rule]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "bouncer-safe",
            semanticVersion: report.version,
            rules: reported.map((name) => describeRule(name, described.get(name))),
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { ROOT: { description: { text: "The folder that was checked." } } },
        invocations: [
          {
            executionSuccessful: report.crashes.length === 0,
            toolExecutionNotifications: report.crashes.map(({ path, rule, message }) => ({
              level: "error",
              message: { text: rule ? `${rule}: ${message}` : message },
              ...(path === undefined
                ? {}
                : { locations: [{ physicalLocation: { artifactLocation: artifact(path) } }] }),
            })),
          },
        ],
        results: report.findings.map((finding) => result(finding, reported.indexOf(finding.rule))),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

const describeRule = (name: string, rule: Rule | undefined) => ({
  id: name,
  ...(rule
    ? {
        shortDescription: { text: rule.summary },
        fullDescription: { text: rule.summary },
        help: { text: rule.why, markdown: rule.why },
        defaultConfiguration: { level: levels[rule.severity] },
        properties: { tags: [rule.group] },
      }
    : {}),
});

const result = (finding: ReportedFinding, ruleIndex: number) => ({
  ruleId: finding.rule,
  ruleIndex,
  level: levels[finding.severity],
  message: { text: finding.message },
  locations: [location(finding)],
  ...(finding.related.length
    ? {
        relatedLocations: finding.related.map((related, index) => ({
          id: index + 1,
          ...location(related),
          message: { text: related.message },
        })),
      }
    : {}),
  ...(finding.fixes.length ? { fixes: finding.fixes.map(fix) } : {}),
});

const fix = ({ title, edits }: ReportedFix) => ({
  description: { text: title },
  artifactChanges: [...new Set(edits.map(({ path }) => path))].map((path) => ({
    artifactLocation: artifact(path),
    replacements: edits
      .filter((edit) => edit.path === path)
      .map((edit) => ({ deletedRegion: region(edit), insertedContent: { text: edit.newText } })),
  })),
});

const location = (range: Range) => ({
  physicalLocation: { artifactLocation: artifact(range.path), region: region(range) },
});

const region = ({ start, end }: Range) => ({
  startLine: start.line,
  startColumn: start.column,
  endLine: end.line,
  endColumn: end.column,
});

const artifact = (path: string) => ({ uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: "ROOT" });
