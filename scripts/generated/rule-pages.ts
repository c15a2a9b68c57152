import { createAnalyzer } from "../../server/src/analyze.ts";
import type { Rule } from "../../server/src/core/rule.ts";
import { unusedSuppression, unusedSuppressionRule } from "../../server/src/suppressions.ts";
import { fixturesOf } from "../../test/rules/fixture.ts";
import { absolute, snapshotOf } from "../../test/snapshot.ts";

/** Proofs of several libraries, on the page of the rule that they speak for. */
const furtherProofs: Readonly<Record<string, readonly string[]>> = {
  "no-double-pool": ["null-pool"],
  "require-application-name": ["application-name"],
  "require-pool-error-handler": ["idle-close"],
  "no-leaked-transaction": ["library-transactions"],
  "no-unsupported-startup-parameter": ["startup-parameters"],
  "no-named-prepared-statement": ["named-statements"],
  "no-session-set": ["session-hooks"],
  "no-transaction-in-statement-mode": ["implicit-transactions"],
  "no-outer-handle-in-transaction": ["outer-handles"],
  "no-floating-transaction": ["late-queries"],
};

const depends: Readonly<Record<Rule["dependsOn"][number], string>> = {
  kind: "the pooler",
  mode: "pool mode",
  version: "version",
  maxPreparedStatements: "`max_prepared_statements`",
  clientIdleTimeout: "`client_idle_timeout`",
  ignoreStartupParameters: "`ignore_startup_parameters`",
  trackExtraParameters: "`track_extra_parameters`",
  serverResetQueryAlways: "`server_reset_query_always`",
};

const fixes: Readonly<Record<Rule["fix"], string>> = {
  safe: "safe: may run on save and in `--fix`",
  suggestion: "suggestion: offered one by one",
  both: "safe where the meaning stays the same, else a suggestion",
  none: "none",
};

/** A rule's page: what it says of itself, its example before and after the fix, and what was seen of both on a real PgBouncer. */
export async function rulePage(rule: Rule, read: (path: string) => string): Promise<string> {
  return page([...heading(rule), await example(rule, read), proof(rule.name, read)]);
}

function heading({ name, summary, why, severity, fix, dependsOn }: Omit<Rule, "check" | "group">): readonly string[] {
  const facts = [
    `- Severity: ${severity}`,
    `- Fix: ${fixes[fix]}`,
    ...(dependsOn.length ? [`- Depends on: ${dependsOn.map((value) => depends[value]).join(", ")}`] : []),
  ];
  return [`# \`${name}\``, summary, facts.join("\n"), why.trim()];
}

const page = (sections: readonly string[]): string => `${sections.filter((section) => section !== "").join("\n\n")}\n`;

async function example({ name }: Rule, read: (path: string) => string): Promise<string> {
  const found = examples
    .map((each) => ({ ...each, fixture: fixturesOf(name).find((fixture) => fixture.name === `${name}/${each.name}`) }))
    .find(({ fixture }) => fixture !== undefined);
  const fixture = found?.fixture;
  if (!found || !fixture)
    throw new Error(`test/rules/${name}/example.ts is missing: it is the example of the rule's page`);
  const { path, language } = found;
  const bad = fixture.files[path]!;
  const { findings } = await createAnalyzer().analyze(snapshotOf(fixture.files));
  const said = findings.filter((finding) => finding.path === absolute(path) && finding.rule === name);
  const messages = said.map(({ span, message }) => `Line ${bad.slice(0, span.start).split("\n").length}: ${message}`);
  const golden = `test/rules/${name}/${found.golden}`;
  const fixed = read(golden);
  if (fixed === "" && said.some((finding) => finding.fixes.length > 0))
    throw new Error(`${golden} is missing: \`UPDATE=1 npm run unit\` writes it`);
  return [
    "## Example",
    code(bad, language),
    messages.map((message) => `> ${message}`).join("\n>\n"),
    ...(fixed ? ["## Mended", code(fixed, language)] : []),
  ].join("\n\n");
}

function proof(name: string, read: (path: string) => string): string {
  const transcripts = [name, ...(furtherProofs[name] ?? [])]
    .map((each) => read(`test/proofs/transcripts/${each}.md`))
    .filter((text) => text !== "");
  if (transcripts.length === 0) return "";
  // Their own title goes; their sections are sections of this one.
  const bodies = transcripts.map((text) =>
    text
      .replace(/^# .*\n+/, "")
      .replace(/^## /gm, "### ")
      .trim(),
  );
  return [
    "## Proof",
    "What was seen on a real PostgreSQL and PgBouncer; `npm run proofs` sees it again.",
    ...bodies,
  ].join("\n\n");
}

/** The page of the finding that comments cause. */
export const unusedSuppressionPage = (): string =>
  page([
    ...heading(unusedSuppressionRule),
    `\`"rules": { "${unusedSuppression}": "off" }\` in \`bouncer-safe.json\` switches these findings off.`,
  ]);

/** Where an example may stand: a file, or, where it needs others around it, a workspace. */
const examples = [
  { name: "example.ts", path: "src/example.ts", golden: "example.fixed.ts", language: "ts" },
  { name: "example.py", path: "src/example.py", golden: "example.fixed.py", language: "python" },
  { name: "example.ini", path: "pgbouncer/example.ini", golden: "example.fixed.ini", language: "ini" },
  { name: "example/", path: "pgbouncer.ini", golden: "example/pgbouncer.fixed.ini", language: "ini" },
] as const;

const code = (text: string, language: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
