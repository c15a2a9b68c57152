import type { Rule } from "../../server/src/core/rule.ts";

const titles: Readonly<Record<Rule["group"], string>> = {
  pools: "Pools and configuration",
  transactions: "Transactions",
  session: "Session state",
  python: "Python",
  "pgbouncer.ini": "pgbouncer.ini",
};

const fixes: Readonly<Record<Rule["fix"], string>> = {
  safe: "safe",
  suggestion: "suggestion",
  both: "safe, suggestion",
  none: "–",
};

/** The rules by group, with links that start with the prefix. */
export function ruleTable(rules: readonly Rule[], prefix: string): string {
  return Object.entries(titles)
    .map(([group, title]) => ({ title, own: rules.filter((rule) => rule.group === group) }))
    .filter(({ own }) => own.length > 0)
    .map(({ title, own }) => `**${title}**\n\n${table(own, prefix)}`)
    .join("\n");
}

export const ruleIndex = (rules: readonly Rule[]): string => `# Rules

Severities are the defaults; \`bouncer-safe.json\` and the editor's settings change them. A *safe* fix keeps the meaning of the code and may
run on save and in \`--fix\`; a *suggestion* is offered one by one.

${ruleTable(rules, "")}
A comment that silences a rule where it finds nothing is reported as [\`unused-suppression\`](unused-suppression.md).
`;

function table(rules: readonly Rule[], prefix: string): string {
  const rows = rules.map(
    ({ name, summary, severity, fix }) =>
      `| [\`${name}\`](${prefix}${name}.md) | ${summary} | ${severity} | ${fixes[fix]} |\n`,
  );
  return `| Rule | Finds | Severity | Fix |\n| --- | --- | --- | --- |\n${rows.join("")}`;
}
