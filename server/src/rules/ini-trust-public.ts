import type { Rule } from "../core/rule.ts";
import { isForDevelopment, openAddresses } from "./knowledge/addresses.ts";
import { placeOfEntry, setValue, valueIn } from "./knowledge/ini.ts";

export const iniTrustPublic: Rule = {
  name: "ini-trust-public",
  summary: "Anybody who reaches PgBouncer gets in without a password.",
  why: `With \`auth_type = trust\` PgBouncer believes every user name that stands in \`auth_file\`, with \`any\` every name at all, and makes everybody an admin of its console.
It then logs in to the server with the passwords it has. Beyond this machine that is an open database. Use \`scram-sha-256\`, or listen on 127.0.0.1 alone.

In files for tests, examples and development the rule only informs. It does not see firewalls and networks of containers.`,
  group: "pgbouncer.ini",
  severity: "error",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const bouncer of model.bouncers) {
      const placed = bouncer.settings.get("auth_type");
      const type = placed && valueIn(bouncer, "auth_type")?.toLowerCase();
      const addresses = openAddresses(bouncer);
      if (!placed || (type !== "trust" && type !== "any") || addresses.length === 0) continue;
      yield {
        place: placeOfEntry(placed),
        severity: isForDevelopment(bouncer) ? "information" : "error",
        message: `\`auth_type = ${type}\` on \`${addresses.join(", ")}\` lets anybody in without a password${type === "any" ? ", as an admin of the console" : ""}.`,
        fixes: [
          { title: "Change to `scram-sha-256`", safety: "suggestion", edits: setValue(model, placed, "scram-sha-256") },
        ],
      };
    }
  },
};
