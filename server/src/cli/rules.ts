import { meant } from "../core/meant.ts";
import type { Rule } from "../core/rule.ts";
import type { ExitCode } from "./check.ts";
import { type Arguments, lastValue } from "./options.ts";
import type { Terminal } from "./terminal.ts";

export const listRules = (args: Arguments, { out, colors }: Terminal, rules: readonly Rule[]): ExitCode => {
  if (lastValue(args, "format") === "json") {
    out(
      `${JSON.stringify(
        rules.map(({ name, summary, group, severity, fix, dependsOn }) => ({
          name,
          summary,
          group,
          severity,
          fix,
          dependsOn,
        })),
        undefined,
        2,
      )}\n`,
    );
    return 0;
  }
  const width = Math.max(...rules.map(({ name }) => name.length));
  for (const group of new Set(rules.map((rule) => rule.group))) {
    out(`${colors.bold(group)}\n`);
    for (const rule of rules)
      if (rule.group === group) out(`  ${rule.name.padEnd(width)}  ${rule.severity.padEnd(11)}  ${rule.summary}\n`);
  }
  return 0;
};

/** What is told of a name that no rule has. */
export const noRule = (name: string, rules: readonly Rule[]): string => {
  const names = rules.map((rule) => rule.name);
  const alike = names.filter((known) => known.includes(name) || name.includes(known));
  const near = alike.length ? alike.join(" or ") : meant(name, names);
  return `'${name}' is no rule; ${near ? `did you mean ${near}?` : "`bouncer-safe rules` lists them"}`;
};
