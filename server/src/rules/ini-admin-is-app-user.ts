import type { Rule } from "../core/rule.ts";
import { placeOfEntry } from "./knowledge/ini.ts";
import { poolLabel } from "./knowledge/options.ts";

export const iniAdminIsAppUser: Rule = {
  name: "ini-admin-is-app-user",
  summary: "An application logs in as a user who may do everything on the console.",
  why: `Users in \`admin_users\` may pause, kill and shut down through PgBouncer's console. Whoever takes over an application that logs in as one of them can do that too. Give the
console a user of its own.

The rule fires only against pools found in the workspace whose URL names the user, and never repeats the name. It does not see users that come from elsewhere.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "none",
  dependsOn: [],
  *check(model) {
    for (const bouncer of model.bouncers) {
      const placed = bouncer.settings.get("admin_users");
      const pools = bouncer.consolePools.filter(({ context }) => context === "application");
      if (!placed || pools.length === 0) continue;
      yield {
        place: placeOfEntry(placed),
        message: "An application of the workspace logs in as one of the console's admins.",
        related: pools.map((pool) => ({
          place: pool.url?.place ?? pool.place,
          message: `\`${poolLabel(model, pool)}\` logs in as this user.`,
        })),
      };
    }
  },
};
