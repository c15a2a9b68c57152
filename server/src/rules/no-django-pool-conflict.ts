import type { Rule } from "../core/rule.ts";
import { optionAt, setOptions } from "./knowledge/options.ts";

export const noDjangoPoolConflict: Rule = {
  name: "no-django-pool-conflict",
  summary: "Django's own pool and persistent connections are switched on together.",
  why: `With \`OPTIONS["pool"]\` Django 5.1 and later takes connections from a pool of psycopg. A \`CONN_MAX_AGE\` other than 0 beside it raises
\`ImproperlyConfigured: Pooling doesn't support persistent connections.\` with the first query.

Behind PgBouncer neither is needed: \`CONN_MAX_AGE = 0\` without a pool opens a connection for each request, which a pooler nearby answers in about a
millisecond.

The rule does not see entries of \`DATABASES\` that are put together at run time.`,
  group: "python",
  severity: "error",
  fix: "safe",
  dependsOn: [],
  *check(model) {
    for (const pool of model.pools) {
      if (pool.driver.name !== "django") continue;
      const age = optionAt(pool, "CONN_MAX_AGE");
      if (age?.value.kind !== "constant" || age.value.value === 0) continue;
      const own = optionAt(pool, "OPTIONS.pool");
      // A dictionary of sizes switches the pool on as well.
      const isOn = own && (own.value.kind === "object" || (own.value.kind === "constant" && own.value.value === true));
      if (!isOn) continue;
      const edits = setOptions(model, pool, [{ path: "CONN_MAX_AGE", value: "0" }]);
      yield {
        place: age.place,
        message:
          "`CONN_MAX_AGE` other than 0 and Django's own pool exclude each other: the first query raises `ImproperlyConfigured`.",
        related: [{ place: own.place, message: "The pool is switched on here." }],
        fixes: edits ? [{ title: "Set `CONN_MAX_AGE` to 0", safety: "safe", edits }] : [],
      };
    }
  },
};
