import type { Analysis } from "../analyze.ts";
import type { Step } from "../core/model.ts";
import { poolersOf } from "../core/poolers.ts";
import { printFacts } from "../core/print-facts.ts";
import { maskSecrets, secretsIn } from "../core/secrets.ts";
import type { Place } from "../core/text.ts";
import type { Lines } from "./lines.ts";
import { printPoolers } from "./poolers.ts";
import { type Report, relativePath } from "./report.ts";

/** What `--print` needs: the stages' results, and how to tell a place. */
export interface Printing {
  readonly analysis: Analysis;
  readonly report: Report;
  /** Lines by absolute path. */
  readonly lines: (path: string) => Lines;
  readonly folder: string;
}

type Stage = "profile" | "facts" | "model" | "findings";

/** Each stage as text: for people who wonder why, and for bug reports. */
export const printStage = (stage: Stage, printing: Printing): string => maskSecrets(printers[stage](printing));

const printers: Readonly<Record<Stage, (printing: Printing) => string>> = {
  profile: ({ analysis, lines, folder }) => printPoolers(poolersOf(analysis), { lines, folder }),
  facts: ({ analysis, folder }) =>
    [...analysis.facts.values()]
      .map((facts) => {
        // Facts take a value from its key: a password is a literal like any other there.
        const hidden = [...secretsIn(analysis.model.text(facts.path))].map((secret) => JSON.stringify(secret));
        const printed = hidden.reduce(
          (text, literal) => text.replaceAll(literal, '"***"'),
          printFacts(facts).trimEnd(),
        );
        return `# ${relativePath(folder, facts.path)}\n${printed}\n`;
      })
      .join("\n"),
  model: (printing) => printModel(printing),
  findings: ({ report }) =>
    report.findings
      .map(
        ({ path, start, end, severity, rule, message }) =>
          `${path}:${start.line}:${start.column}-${end.line}:${end.column} ${severity} ${rule} ${message}\n`,
      )
      .join(""),
};

const printModel = ({ analysis: { model }, ...where }: Printing): string => {
  const rows: string[] = [];
  const step = ({ place, words }: Step) => `      ${at(place, where)} ${words}`;
  rows.push(`pools: ${model.pools.length}`);
  for (const pool of model.pools) {
    rows.push(
      `  ${at(pool.place, where)} ${pool.driver.name} ${pool.type} ${pool.via}${pool.name ? ` as ${pool.name}` : ""}`,
    );
    rows.push(
      `    ${pool.role}, postgres ${pool.postgres}, ${pool.context}, ${pool.lifetime.kind}, error handler ${pool.errorHandler}, ended ${pool.ended}`,
    );
    rows.push(`    behind ${pool.profile.kind.value} in ${pool.profile.mode.value} mode`);
    rows.push(
      `    options ${pool.options.complete ? "" : "(and more) "}${pool.options.entries.map(({ path }) => path).join(", ") || "(none)"}`,
    );
    if (pool.url)
      rows.push(
        `    url ${pool.url.scheme ?? "?"}://${pool.url.host ?? "?"}:${pool.url.port ?? "?"}/${pool.url.database ?? "?"}${pool.url.environment ? ` from ${pool.url.environment}` : ""}`,
      );
  }
  rows.push(`transactions: ${model.transactions.length}`);
  for (const transaction of model.transactions) {
    rows.push(
      `  ${at(transaction.place, where)} ${transaction.driver.name} ${transaction.form} on ${transaction.on}${transaction.handle ? ` as ${transaction.handle}` : ""}`,
    );
    for (const { place, how } of transaction.ends) rows.push(`    ${how} ${at(place, where)}`);
    for (const { steps } of transaction.leaks) rows.push("    leaks", ...steps.map(step));
    for (const { place, steps } of transaction.releases)
      rows.push(`    released open ${at(place, where)}`, ...steps.map(step));
    for (const { place, what, chain } of transaction.waits)
      rows.push(`    waits ${at(place, where)} ${what}`, ...chain.map(step));
  }
  rows.push(`checkouts: ${model.checkouts.length}`);
  for (const checkout of model.checkouts) {
    rows.push(
      `  ${at(checkout.place, where)} ${checkout.driver.name}${checkout.handle ? ` as ${checkout.handle}` : ""}, ${checkout.transactions.length} transactions`,
    );
    for (const { steps } of checkout.leaks) rows.push("    leaks", ...steps.map(step));
    for (const { kind, place, steps } of checkout.misuses)
      rows.push(`    ${kind} ${at(place, where)}`, ...steps.map(step));
  }
  rows.push(`statements: ${model.statements.length}`);
  for (const { place, driver, text, on, inTransaction } of model.statements) {
    const sql = text
      .map((piece) => piece ?? "<…>")
      .join("")
      .replace(/\s+/g, " ")
      .trim();
    rows.push(
      `  ${at(place, where)} ${driver.name} on ${on}, in transaction ${inTransaction}: ${sql.length > 100 ? `${sql.slice(0, 100)}…` : sql}`,
    );
  }
  return `${rows.join("\n")}\n`;
};

const at = ({ path, span }: Place, { lines, folder }: Pick<Printing, "lines" | "folder">): string => {
  const { line, column } = lines(path).positionAt(span.start);
  return `${relativePath(folder, path)}:${line}:${column}`;
};
