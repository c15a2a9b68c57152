import type { Rule } from "../core/rule.ts";
import { openAddresses } from "./knowledge/addresses.ts";
import { placeOfEntry, setValue, valueIn } from "./knowledge/ini.ts";

export const iniWeakAuth: Rule = {
  name: "ini-weak-auth",
  summary: "Passwords cross the network as they are, or nearly.",
  why: `\`auth_type = plain\` sends the password as it is, and is deprecated. \`md5\` without TLS sends a digest that can be tried offline, and whoever reads \`auth_file\` can log in
with it. \`scram-sha-256\` has neither weakness; PgBouncer needs the plain password or a SCRAM secret in \`auth_file\` for it.

The rule does not see whether \`auth_file\` holds SCRAM secrets, with which \`md5\` means SCRAM.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const bouncer of model.bouncers) {
      const placed = bouncer.settings.get("auth_type");
      const type = placed && valueIn(bouncer, "auth_type")?.toLowerCase();
      const isClear = valueIn(bouncer, "client_tls_sslmode")?.toLowerCase() === "disable";
      const addresses = openAddresses(bouncer);
      if (!placed || addresses.length === 0) continue;
      const isWeak = type === "plain" || (type === "md5" && isClear);
      if (!isWeak) continue;
      yield {
        place: placeOfEntry(placed),
        // Most networks that PgBouncer stands in are private: md5 is told of quietly.
        severity: type === "plain" ? "warning" : "hint",
        message:
          type === "plain"
            ? "`auth_type = plain` sends passwords as they are."
            : `\`auth_type = md5\` without TLS on \`${addresses.join(", ")}\` shows digests of passwords to whoever listens in.`,
        fixes: [
          { title: "Change to `scram-sha-256`", safety: "suggestion", edits: setValue(model, placed, "scram-sha-256") },
        ],
      };
    }
  },
};
