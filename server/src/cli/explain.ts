import type { Rule } from "../core/rule.ts";
import { unusedSuppressionRule } from "../suppressions.ts";
import type { ExitCode } from "./check.ts";
import { type Arguments, Misuse } from "./options.ts";
import { noRule } from "./rules.ts";
import type { Terminal } from "./terminal.ts";

/** Tells what is on a rule's page. */
export const explain = ({ positionals }: Arguments, { out, colors }: Terminal, rules: readonly Rule[]): ExitCode => {
  const [name, ...more] = positionals;
  if (name === undefined || more.length)
    throw new Misuse("explain takes the name of one rule; `bouncer-safe rules` lists them");
  const rule = [...rules, unusedSuppressionRule].find((one) => one.name === name);
  if (!rule) throw new Misuse(noRule(name, rules));
  const facts = [
    `severity: ${rule.severity}`,
    `fix: ${rule.fix}`,
    ...(rule.dependsOn.length ? [`depends on: ${rule.dependsOn.join(", ")}`] : []),
  ];
  out(`${colors.bold(rule.name)}\n${rule.summary}\n\n${colors.dim(facts.join("   "))}\n\n${rule.why.trim()}\n`);
  return 0;
};
