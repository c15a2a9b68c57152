import type { DirectiveFact, FileFacts } from "./core/facts.ts";
import { meant } from "./core/meant.ts";
import type { Edit, Finding, Rule, Severity } from "./core/rule.ts";
import { contains } from "./core/text.ts";

/** The name under which a directive that hides nothing is reported. It is set to `off` like a rule. */
export const unusedSuppression = "unused-suppression";

/** What it says of itself, for the places that tell about rules. */
export const unusedSuppressionRule: Omit<Rule, "check" | "group"> = {
  name: unusedSuppression,
  summary: "A comment silences a rule where the rule finds nothing.",
  why: `A comment such as \`// bouncer-safe-disable-next-line no-leaked-client\` that hides nothing any more would hide the next fault in its place.
Remove it.

A rule that is switched off finds nothing anywhere, so a comment that silences it counts as unused too.`,
  severity: "warning",
  fix: "safe",
  dependsOn: [],
};

/**
 * The findings without those that a comment hides, plus one finding for each directive, or each rule in it, that hides nothing. In the order of
 * the findings given; new ones are at the end of their file's. `names`: the rules that there are, one of which a mistyped name may mean.
 */
export const suppress = (
  findings: readonly Finding[],
  facts: ReadonlyMap<string, FileFacts>,
  severity: "off" | Severity = "warning",
  names: readonly string[] = [],
): readonly Finding[] => {
  const used = new Map<DirectiveFact, Set<string>>();
  const kept = findings.filter((finding) => {
    const hiding = (facts.get(finding.path)?.directives ?? []).filter((directive) => hides(directive, finding));
    for (const directive of hiding) {
      const rules = used.get(directive) ?? new Set();
      used.set(directive, rules.add(finding.rule));
    }
    return hiding.length === 0;
  });
  if (severity === "off") return kept;
  const unused = [...facts.values()].flatMap((file) =>
    file.directives.flatMap((directive) => judge(file, directive, used.get(directive) ?? new Set(), severity, names)),
  );
  return unused.length ? [...kept, ...unused].sort(byPlace) : kept;
};

const hides = (directive: DirectiveFact, finding: Finding): boolean =>
  (directive.rules.length === 0 || directive.rules.includes(finding.rule)) &&
  (directive.kind === "disable-file" ||
    contains(directive.covers, { start: finding.span.start, end: finding.span.start }));

const judge = (
  file: FileFacts,
  directive: DirectiveFact,
  used: ReadonlySet<string>,
  severity: Severity,
  names: readonly string[],
): readonly Finding[] => {
  const idle = directive.rules.filter((rule) => !used.has(rule));
  const hidesNothing = used.size === 0;
  if (!hidesNothing && idle.length === 0) return [];
  const where =
    directive.kind === "disable-file"
      ? "in this file"
      : directive.kind === "disable-line"
        ? "on this line"
        : "on the next line";
  const what = idle.length ? idle.map((rule) => `\`${rule}\``).join(", ") : "any rule";
  const near = idle.filter((rule) => !names.includes(rule)).flatMap((rule) => meant(rule, names) ?? []);
  return [
    {
      rule: unusedSuppression,
      severity,
      path: file.path,
      span: directive.span,
      message: `Nothing ${where} is a finding of ${what}${near.length ? `; did you mean \`${near.join("`, `")}\`?` : "."}`,
      related: [],
      // A comment that is mistyped is to be mended, not removed.
      fixes:
        hidesNothing && near.length === 0
          ? [{ title: "Remove the unused comment", safety: "safe", edits: [removal(file.path, directive)] }]
          : [],
    },
  ];
};

/** The comment alone: what is left of its line is for the formatter. */
const removal = (path: string, directive: DirectiveFact): Edit => ({ path, span: directive.span, newText: "" });

const byPlace = (a: Finding, b: Finding): number =>
  a.path < b.path
    ? -1
    : a.path > b.path
      ? 1
      : a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
