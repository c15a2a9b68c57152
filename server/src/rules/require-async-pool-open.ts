import type { Rule } from "../core/rule.ts";
import { optionAt, setOptions } from "./knowledge/options.ts";

export const requireAsyncPoolOpen: Rule = {
  name: "require-async-pool-open",
  summary: "An `AsyncConnectionPool` opens itself in its constructor, where no event loop may run yet.",
  why: `The \`AsyncConnectionPool\` of psycopg_pool starts its workers when it is made. Outside a running event loop, at the top of a module, that fails or leaves
connections that belong to another loop; psycopg_pool 3.2 and later warn about it.

Make it with \`open=False\`, then \`await pool.open()\` where the application starts (FastAPI's lifespan, for instance), or use \`async with\`.

The rule does not see pools whose arguments are put together at run time.`,
  group: "python",
  severity: "warning",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const pool of model.pools) {
      if (pool.driver.name !== "psycopg_pool" || !/^Async/.test(pool.type) || pool.inBlock) continue;
      const open = optionAt(pool, "open");
      if (open ? open.value.kind !== "constant" || open.value.value !== true : !pool.options.complete) continue;
      const edits = setOptions(model, pool, [{ path: "open", value: "False" }]);
      yield {
        place: open?.place ?? pool.place,
        message: `\`${pool.type}\` opens itself here, before there may be an event loop: make it with \`open=False\`, and \`await ${pool.name ?? "pool"}.open()\` where the application starts.`,
        fixes: edits
          ? [
              {
                title: `Add \`open=False\` (then \`await ${pool.name ?? "pool"}.open()\`)`,
                safety: "suggestion",
                edits,
              },
            ]
          : [],
      };
    }
  },
};
