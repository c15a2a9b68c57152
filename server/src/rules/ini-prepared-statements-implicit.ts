import type { Rule } from "../core/rule.ts";
import { addSetting, headerOf, isUnset, sharesServersIn } from "./knowledge/ini.ts";

export const iniPreparedStatementsImplicit: Rule = {
  name: "ini-prepared-statements-implicit",
  summary: "Whether prepared statements work depends on a default that differs by version.",
  why: `\`max_prepared_statements\` came with 1.21, is 0 by default up to 1.23 and 200 from 1.24. A file that does not set it behaves differently after an
upgrade, or on another machine. Set it where 1.21 or later is in use.

The rule does not see which version runs; where a compose file or a Dockerfile says so, \`ini-no-prepared-statements\` judges.`,
  group: "pgbouncer.ini",
  severity: "hint",
  fix: "suggestion",
  dependsOn: ["mode", "version"],
  *check(model) {
    for (const bouncer of model.bouncers)
      if (!bouncer.version && sharesServersIn(bouncer) && isUnset(bouncer, "max_prepared_statements"))
        yield {
          place: headerOf(bouncer),
          message:
            "`max_prepared_statements` is not set: prepared statements fail before PgBouncer 1.24 and work from then on.",
          fixes: [
            {
              title: "Add `max_prepared_statements = 200` (1.21 and later)",
              safety: "suggestion",
              edits: addSetting(model, bouncer, "max_prepared_statements", "200"),
            },
          ],
        };
  },
};
