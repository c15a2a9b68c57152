import type { Rule } from "../core/rule.ts";
import { databasesOf, numberIn, placeOfKey, whereUsed } from "./knowledge/ini.ts";

export const iniWildcardDatabase: Rule = {
  name: "ini-wildcard-database",
  summary: "A pool for every database and user that clients ask for, without a limit.",
  why: `The entry \`*\` takes every database that no other entry names. Each pair of database and user gets a pool of its own, so the connections to the server grow
with the names that clients use. \`max_db_connections\` bounds each database, \`max_user_connections\` each user.

The rule is silent where one of them is set, or where the entry has a \`user\` and a \`dbname\`. It does not see how many names there are.`,
  group: "pgbouncer.ini",
  severity: "information",
  fix: "none",
  dependsOn: [],
  *check(model) {
    for (const bouncer of model.bouncers) {
      if (numberIn(bouncer, "max_db_connections") !== 0 || numberIn(bouncer, "max_user_connections") !== 0) continue;
      const any = databasesOf(bouncer).find(({ placed }) => placed.entry.key === "*");
      if (
        !any ||
        any.parameters.has("max_db_connections") ||
        (any.parameters.has("user") && any.parameters.has("dbname"))
      )
        continue;
      yield {
        place: placeOfKey(any.placed),
        severity: whereUsed(bouncer, "information"),
        message: "`*` opens a pool for each database and user that clients ask for, without a common limit.",
      };
    }
  },
};
