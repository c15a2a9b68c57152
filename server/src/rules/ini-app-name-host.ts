import type { Rule } from "../core/rule.ts";
import { addSetting, headerOf, isUnset, sharesServersIn } from "./knowledge/ini.ts";

export const iniAppNameHost: Rule = {
  name: "ini-app-name-host",
  summary: "PostgreSQL does not see which machine a query comes from.",
  why: `To PostgreSQL every connection comes from PgBouncer. With \`application_name_add_host = 1\` the client's address and port stand behind its application_name (\`shop - 10.0.0.7:51234\`)
in pg_stat_activity and in the log. The name is cut at 63 bytes, and tools that group by it see one group a connection.

The rule does not see how the server is watched.`,
  group: "pgbouncer.ini",
  severity: "hint",
  fix: "suggestion",
  dependsOn: ["mode"],
  *check(model) {
    for (const bouncer of model.bouncers)
      if (isUnset(bouncer, "application_name_add_host") && sharesServersIn(bouncer) && bouncer.pools.length > 0)
        yield {
          place: headerOf(bouncer),
          message:
            "`application_name_add_host` is not set: pg_stat_activity does not show which machine a query comes from.",
          fixes: [
            {
              title: "Add `application_name_add_host = 1`",
              safety: "suggestion",
              edits: addSetting(model, bouncer, "application_name_add_host", "1"),
            },
          ],
        };
  },
};
