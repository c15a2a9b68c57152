import type { Driver } from "../core/driver.ts";
import { insert, insertAfter, type Source, styleOf } from "../core/edit.ts";
import type { CallInstruction } from "../core/facts.ts";
import type { Model, Pool } from "../core/model.ts";
import type { Edit, Fix, Rule } from "../core/rule.ts";
import { poolLabel, sourceOf } from "./knowledge/options.ts";
import { isBraceless } from "./knowledge/statements.ts";
import { poolerName } from "./knowledge/verdict.ts";

export const requirePoolErrorHandler: Rule = {
  name: "require-pool-error-handler",
  summary:
    "A node-postgres pool or long-lived client has no `error` listener: the process exits when the pooler closes an idle connection.",
  why: `When PgBouncer restarts, or closes a client after \`client_idle_timeout\`, node-postgres emits \`error\` on the pool for each idle connection.
Node.js ends a process that emits \`error\` with nobody listening. That also holds for the pool inside \`drizzle(url)\` or a Kysely dialect. With a
listener the pool drops the connection and opens another one for the next query.

A single \`Client\` that stays connected needs its own listener; so does a client that is checked out of a pool for long, since the pool's
listener does not cover it. Knex, Sequelize, TypeORM, slonik, pg-promise, MikroORM and postgres.js bring their own.

The rule does not see listeners that a framework registers.`,
  group: "pools",
  severity: "warning",
  fix: "safe",
  dependsOn: [],
  *check(model) {
    for (const pool of model.pools) {
      if (!pool.driver.pool.exitsOnIdleClose || pool.errorHandler !== "no" || pool.postgres === "no") continue;
      // A test or a script that ends when its database goes away does what its author expects.
      if (pool.context !== "application") continue;
      // It is gone before an idle connection is closed.
      if (pool.ended === "yes" && (pool.role === "session" || pool.lifetime.kind === "per call")) continue;
      // The pool inside is judged itself.
      if (pool.via === "wraps") continue;
      // They run in functions that are frozen between requests; nothing says that this process lives on.
      if (isServerless(pool.driver)) continue;
      const label = `\`${poolLabel(model, pool)}\``;
      const event = pool.role === "session" ? "its connection" : "an idle connection";
      // In session mode a pooled client has a server, and PgBouncer does not count it as idle.
      const causes = pool.profile.mode.value === "session" ? "restart" : "restart, `client_idle_timeout`";
      yield {
        place: pool.place,
        message: `${label} has no \`error\` listener: when ${poolerName(pool.profile)} closes ${event} (${causes}), the process exits.`,
        fixes: fixes(model, pool),
      };
    }
  },
};

const isServerless = ({ modules }: Driver): boolean => Object.keys(modules).some((name) => /neon|vercel/.test(name));

function fixes(model: Model, pool: Pool): Fix[] {
  const edits = listen(model, pool);
  return edits ? [{ title: "Add an `error` listener", safety: "safe", edits }] : [];
}

function listen(model: Model, pool: Pool): Edit[] | undefined {
  const { path, span } = pool.place;
  const source = sourceOf(model, path);
  const statement = model.statementAt(path, span.start);
  const listener = listenerIn(source);
  const assigned = statement && assignedName(source.text.slice(statement.span.start, span.start));
  // Behind `if (!pool) pool = new Pool();` it would be added by every call.
  const endsThere =
    statement &&
    !isBraceless(source.text, statement.span) &&
    /^\s*;?\s*$/.test(source.text.slice(span.end, statement.span.end));
  // drizzle(url) hides its pool behind `$client`.
  const member = pool.driver.name === "drizzle" ? ".$client" : "";
  if (statement && assigned && endsThere) {
    const { semicolon } = styleOf(source.text);
    return [insertAfter(source, statement.span, `${assigned}${member}.on(${listener.block})${semicolon}`)];
  }
  // `on` returns the pool itself, so the call can stand in the middle of an expression.
  return member === "" && pool.call.style === "new" ? [chained(source, pool.call, listener.expression)] : undefined;
}

/** `const pool = ` and `this.pool = ` name what follows. */
const assignedName = (before: string): string | undefined =>
  /^(?:export\s+)?(?:const|let|var)\s+([\w$]+)\s*(?::[^=]+)?=\s*(?:await\s+)?$/.exec(before)?.[1] ??
  /^((?:this|[\w$]+)(?:\.#?[\w$]+)*)\s*=\s*$/.exec(before)?.[1];

/** The arguments of `on`, with a body of its own or as one expression. */
function listenerIn({ text }: Source): { readonly block: string; readonly expression: string } {
  const { quote, unit, semicolon } = styleOf(text);
  const event = `${quote}error${quote}`;
  const report = `console.error(${quote}idle database connection lost${quote}, error)`;
  return {
    block: `${event}, (error) => {\n${unit}${report}${semicolon}\n}`,
    expression: `${event}, (error) => ${report}`,
  };
}

function chained(source: Source, call: CallInstruction, listener: string): Edit {
  const parentheses = call.argumentsSpan.start === call.argumentsSpan.end ? "()" : "";
  return insert(source, call.span.end, `${parentheses}.on(${listener})`);
}
