import { insert, removeStatement, styleOf } from "../core/edit.ts";
import type { FileFacts } from "../core/facts.ts";
import type { Model, Pool } from "../core/model.ts";
import type { Fix, Rule } from "../core/rule.ts";
import { contains, type Span, slice } from "../core/text.ts";
import { isEngine, poolClassOf } from "./knowledge/engines.ts";
import { poolLabel, sourceOf } from "./knowledge/options.ts";
import { following } from "./knowledge/statements.ts";
import { poolerName } from "./knowledge/verdict.ts";

export const noPoolPerRequest: Rule = {
  name: "no-pool-per-request",
  summary: "A pool, engine or client is opened by every call of a function and never ended.",
  why: `Every call opens connections of its own and leaves them open. With thirty requests in flight PgBouncer answers
\`no more connections allowed (max_client_conn)\`, to every application in front of the same pooler. Open one pool when the module loads and
share it. SQLAlchemy's engine with \`NullPool\` leaves no connection behind, but takes several milliseconds to build and forgets what it compiled.

Singletons are fine: \`pool ??= new Pool()\`, \`if (!pool) pool = …\`, \`globalThis.pool\`, memo maps, one pool a serverless file, and so is a pool
that the function ends itself. The rule does not see functions that run once for reasons outside the workspace.`,
  group: "pools",
  severity: "warning",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const pool of model.pools) {
      if (pool.lifetime.kind !== "per call" || pool.via !== "opens") continue;
      if (pool.postgres !== "yes" || pool.context !== "application") continue;
      // A single connection of Python that nobody closes is told by `no-unclosed-session`.
      if (pool.role === "session" && pool.driver.language === "python") continue;
      const { why, place, made } = pool.lifetime;
      const others = made?.others ?? [];
      // A class may well have a method that ends it: what these functions make, nobody ends.
      if (pool.ended !== "no" && others.length === 0) continue;
      yield {
        place: made?.place ?? pool.place,
        message: `\`${made?.what ?? poolLabel(model, pool)}\` ${harmOf(pool)}`,
        related:
          others.length === 0
            ? [{ place, message: `This function runs again and again: ${why}.` }]
            : others.map((other) => ({ place: other, message: "So does this one." })),
        fixes: made === undefined ? lift(model, pool) : [],
      };
    }
  },
};

/** An engine with `NullPool` keeps nothing that could add up, and is built from the ground all the same. */
const harmOf = (pool: Pool): string =>
  isEngine(pool) && poolClassOf(pool) === "NullPool"
    ? "is built anew on every call, which takes longer than a connection does, and forgets every statement that it compiled."
    : `opens new connections on every call and never ends them, until ${poolerName(pool.profile)} refuses more (\`max_client_conn\`).`;

/** An initialised TypeORM data source throws when the request initialises it again. */
const initialisedByHand = new Set(["typeorm"]);

/** Moves `const pool = new Pool(…)` and its listeners in front of the top-level statement around it, where they use nothing of the function. */
function lift(model: Model, pool: Pool): Fix[] {
  if (pool.role !== "pool" || initialisedByHand.has(pool.driver.name)) return [];
  const source = sourceOf(model, pool.place.path);
  const facts = model.facts(pool.place.path);
  const statement = model.statementAt(source.path, pool.place.span.start);
  if (statement?.kind !== "variable" || statement.function === 0) return [];
  const name = /^(?:const|let|var)\s+([\w$]+)/.exec(slice(source.text, statement.span))?.[1];
  const top = facts.statements.find((each) => each.parent < 0 && contains(each.span, statement.span));
  if (name === undefined || !top || isTaken(facts, name)) return [];

  // A listener that stayed behind would be added again by every request.
  const listeners = following(facts, statement).filter(({ span }) => isListener(slice(source.text, span), name));
  const moved = [statement, ...listeners];
  if (!moved.every(({ span }) => usesModuleOnly(facts, span, name))) return [];
  const { newline } = styleOf(source.text);
  const code = moved
    .map(({ span }) => unindented(slice(source.text, span), source.text, span.start) + newline)
    .join("");
  const edits = [
    insert(source, beforeComments(source.text, top.span.start), code + newline),
    ...moved.map(({ span }) => removeStatement(source, span)),
  ];
  return [{ title: "Open it once, when the module loads", safety: "suggestion", edits }];
}

const isListener = (code: string, name: string): boolean =>
  code.startsWith(name) && /^(?:\.\$client)?\.(?:on|once|addListener)\s*\(/.test(code.slice(name.length));

/** Everything that the code reads is its own, the pool, or declared at module level, and nothing in it waits. */
function usesModuleOnly(facts: FileFacts, code: Span, name: string): boolean {
  const inside = facts.functions
    .flatMap(({ blocks }) => blocks.flatMap(({ instructions }) => instructions))
    .filter((each) => contains(code, each.span));
  return inside.every((each) => {
    if (each.op !== "load")
      return each.op !== "this" && each.op !== "super" && each.op !== "await" && each.op !== "yield";
    const variable = facts.variables[each.variable];
    return (
      variable !== undefined && (variable.function === 0 || variable.name === name || contains(code, variable.span))
    );
  });
}

const isTaken = (facts: FileFacts, name: string): boolean =>
  facts.variables.some(
    (variable) => variable.name === name && variable.function === 0 && variable.kind !== "temporary",
  );

/** The start of the comment lines and decorators that belong to what stands at the offset. */
function beforeComments(text: string, offset: number): number {
  let start = text.lastIndexOf("\n", offset - 1) + 1;
  for (;;) {
    const previous = text.lastIndexOf("\n", start - 2) + 1;
    if (start === 0 || !/^\s*(?:\/\/|\/?\*|@)/.test(text.slice(previous, start))) return start;
    start = previous;
  }
}

function unindented(code: string, text: string, start: number): string {
  const indent = /[ \t]*$/.exec(text.slice(0, start))![0];
  return indent === "" ? code : code.replaceAll(`\n${indent}`, "\n");
}
