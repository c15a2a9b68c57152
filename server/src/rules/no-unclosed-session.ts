import { insert, replace } from "../core/edit.ts";
import type { Model, Pool } from "../core/model.ts";
import type { Fix, Report, Rule } from "../core/rule.ts";
import { contains, slice } from "../core/text.ts";
import { isEngineDriver } from "./knowledge/engines.ts";
import { importedNames, poolLabel, sourceOf } from "./knowledge/options.ts";
import { poolerName, sharesServers } from "./knowledge/verdict.ts";

export const noUnclosedSession: Rule = {
  name: "no-unclosed-session",
  summary:
    "A session or connection of Python is never closed: it holds a connection of the pooler until it is collected.",
  why: `A SQLAlchemy \`Session\` or \`Connection\` that is not closed keeps its connection out of the engine's pool, and after one SELECT a transaction open on
it: the pooler has to keep a server connection for it. When Python collects the object depends on who still refers to it (a traceback does, a
cycle does).

psycopg2's \`with psycopg2.connect(…) as connection:\` ends the transaction and leaves the connection open; psycopg 3 closes it.

Use a \`with\` block: \`with Session() as session:\`, \`with engine.connect() as connection:\`, and for psycopg2 \`contextlib.closing\`.

The rule speaks where no way through the function closes what it opened. What is closed on the ordinary path and not after an exception comes back
when it is collected: there the rule is silent. It does not see what is returned, stored or handed to code that is not in sight.`,
  group: "python",
  severity: "warning",
  fix: "suggestion",
  dependsOn: ["mode"],
  *check(model) {
    for (const checkout of model.checkouts) {
      if (!isEngineDriver(checkout.driver) || !checkout.abandoned || checkout.context !== "application") continue;
      if (checkout.pool !== undefined && checkout.pool.postgres !== "yes") continue;
      // What nobody holds is collected on the spot.
      if (checkout.call.use === "dropped") continue;
      // At the end of a module so does the process.
      if (checkout.function === 0) continue;
      const call = slice(model.text(checkout.place.path), checkout.call.calleeSpan).replace(/\s+/g, "");
      const pins = !sharesServers(checkout.profile) && checkout.profile.mode.strength === "stated";
      yield {
        place: checkout.place,
        severity: pins ? "error" : "warning",
        message: `What \`${call}()\` gives is never closed: its connection, and the transaction that its first statement opens, last until Python collects it.`,
      };
    }
    for (const pool of model.pools) if (isAbandoned(pool)) yield unclosed(model, pool);
  },
};

/** A single connection that a function opens and nobody ever closes. */
const isAbandoned = (pool: Pool): boolean =>
  pool.driver.language === "python" &&
  pool.role === "session" &&
  pool.via === "opens" &&
  pool.context === "application" &&
  pool.function !== 0 &&
  pool.ended === "no" &&
  pool.lifetime.kind !== "once";

function unclosed(model: Model, pool: Pool): Report {
  const label = `\`${poolLabel(model, pool)}\``;
  const pins = !sharesServers(pool.profile) && pool.profile.mode.strength === "stated";
  const how = pool.call.managed
    ? `\`with\` ends the transaction of ${label} and leaves the connection open`
    : `What ${label} gives is never closed`;
  return {
    place: pool.place,
    severity: pins ? "error" : "warning",
    message: `${how}: ${poolerName(pool.profile)} keeps it until Python collects it.`,
    fixes: pool.call.managed ? closing(model, pool) : [],
  };
}

/** `with closing(connect(…)) as connection, connection:` closes, and commits as before. */
function closing(model: Model, pool: Pool): Fix[] {
  const { path, span } = pool.place;
  const source = sourceOf(model, path);
  const name = /^\s+as\s+([A-Za-z_]\w*)/.exec(source.text.slice(span.end));
  const statement = model.statementAt(path, span.start);
  if (!name || !statement || !contains(statement.span, span)) return [];
  const edits = [
    replace(source, span, `closing(${slice(source.text, span)})`),
    insert(source, span.end + name[0].length, `, ${name[1]}`),
    ...importedNames(model, path, [{ module: "contextlib", name: "closing" }]),
  ];
  return [{ title: "Close it at the end of the block", safety: "suggestion", edits }];
}
