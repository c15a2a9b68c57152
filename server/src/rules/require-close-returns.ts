import type { Model, Pool } from "../core/model.ts";
import type { Rule } from "../core/rule.ts";
import { slice } from "../core/text.ts";
import { isAtLeast } from "../core/version.ts";
import { creatorOf, isEngine, poolClassOf } from "./knowledge/engines.ts";
import { optionAt, poolLabel, setOptions } from "./knowledge/options.ts";

export const requireCloseReturns: Rule = {
  name: "require-close-returns",
  summary: "An engine with `NullPool` closes the connections that psycopg_pool lends it instead of giving them back.",
  why: `With \`poolclass=NullPool\` and \`creator=pool.getconn\`, SQLAlchemy closes each connection after use. psycopg_pool does not get it back: after
\`max_size\` uses the pool is empty, and every further one ends in \`PoolTimeout: couldn't get a connection after 30.00 sec\`.

\`close_returns=True\` (psycopg_pool 3.3 and later) makes \`close()\` give the connection back. Before 3.3 a subclass of the connection, whose \`close()\` calls
\`putconn\`, does the same.

The rule does not see a creator that is a function of the project.`,
  group: "python",
  severity: "error",
  fix: "both",
  dependsOn: [],
  *check(model) {
    for (const engine of model.pools) {
      if (!isEngine(engine) || poolClassOf(engine) !== "NullPool") continue;
      const lender = lenderOf(model, engine);
      if (!lender?.options.complete || optionAt(lender, "close_returns")) continue;
      if (optionAt(lender, "connection_class")) continue;
      const edits = setOptions(model, lender, [{ path: "close_returns", value: "True" }]);
      const knows = isAtLeast(model.packageVersion(lender.place.path, "psycopg-pool"), [3, 3]);
      yield {
        place: lender.place,
        message: `The engine closes what it borrows from \`${lender.name ?? poolLabel(model, lender)}\`, and the pool never has it back: after \`max_size\` uses it is empty (\`PoolTimeout\`).`,
        related: [{ place: engine.place, message: "The engine with `NullPool` is made here." }],
        fixes: edits
          ? [
              {
                title: "Add `close_returns=True` (psycopg_pool 3.3 and later)",
                safety: knows ? "safe" : "suggestion",
                edits,
              },
            ]
          : [],
      };
    }
  },
};

/** The pool of psycopg_pool whose \`getconn\` the engine calls. */
function lenderOf(model: Model, engine: Pool): Pool | undefined {
  const creator = creatorOf(engine);
  if (!creator) return undefined;
  const name = /^(?:\w+\.)*(\w+)\.getconn$/.exec(slice(model.text(creator.place.path), creator.valueSpan))?.[1];
  return model.pools.find((pool) => pool.driver.name === "psycopg_pool" && pool.name === name);
}
