import type { Rule } from "../core/rule.ts";
import { numberIn, placeOfEntry, poolsOf, sharesServersIn } from "./knowledge/ini.ts";

export const iniPreparedDdl: Rule = {
  name: "ini-prepared-ddl",
  summary: "Statements that PgBouncer keeps prepared can outlive the tables they were prepared for.",
  why: `With \`max_prepared_statements\` a statement stays prepared on the server connections. When a migration changes the columns it returns, it fails with
\`cached plan must not change result type\` until its connection is closed. After a migration run \`RECONNECT\` on PgBouncer's console.

The rule fires only where code in the workspace goes through this PgBouncer. It does not see whether tables ever change.`,
  group: "pgbouncer.ini",
  severity: "hint",
  fix: "none",
  dependsOn: ["mode", "maxPreparedStatements"],
  *check(model) {
    for (const bouncer of model.bouncers) {
      const placed = bouncer.settings.get("max_prepared_statements");
      const kept = numberIn(bouncer, "max_prepared_statements");
      if (!placed || kept === undefined || kept <= 0 || !sharesServersIn(bouncer) || poolsOf(bouncer).length === 0)
        continue;
      yield {
        place: placeOfEntry(placed),
        message:
          "After a migration, statements kept here can fail with `cached plan must not change result type`; run `RECONNECT` then.",
      };
    }
  },
};
