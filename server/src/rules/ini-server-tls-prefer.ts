import type { Rule } from "../core/rule.ts";
import { remoteHosts } from "./knowledge/addresses.ts";
import { addSetting, headerOf, isUnset, placeOfEntry, setValue, valueIn } from "./knowledge/ini.ts";

/** What proves nothing of the server. */
const unverified: Readonly<Record<string, string>> = {
  disable: "uses no TLS",
  allow: "uses TLS only where the server insists",
  prefer: "does not check who answers, and goes on without TLS where the server offers none",
  require: "does not check who answers",
};

export const iniServerTlsPrefer: Rule = {
  name: "ini-server-tls-prefer",
  summary: "The connection to a server elsewhere is not verified.",
  why: `\`server_tls_sslmode\` is \`disable\` up to 1.19 and \`prefer\` from 1.20: neither checks the server's certificate, and \`prefer\` goes on without TLS. Passwords and data then go to
whoever answers for a server on another network. \`verify-full\` with \`server_tls_ca_file\` checks it.

The rule takes hosts for remote that have a public name or address. It does not see private links and tunnels.`,
  group: "pgbouncer.ini",
  severity: "information",
  fix: "suggestion",
  dependsOn: ["version"],
  *check(model) {
    for (const bouncer of model.bouncers) {
      const [host] = remoteHosts(bouncer);
      if (host === undefined) continue;
      const placed = bouncer.settings.get("server_tls_sslmode");
      const mode = valueIn(bouncer, "server_tls_sslmode")?.toLowerCase();
      const says = mode === undefined ? undefined : unverified[mode];
      if (placed && says) {
        yield {
          place: placeOfEntry(placed),
          severity: mode === "disable" ? "warning" : mode === "require" ? "hint" : "information",
          message: `\`server_tls_sslmode = ${mode}\` ${says}: \`${host}\` is another machine.`,
          fixes: [
            { title: "Change to `verify-full`", safety: "suggestion", edits: setValue(model, placed, "verify-full") },
          ],
        };
      } else if (isUnset(bouncer, "server_tls_sslmode")) {
        yield {
          place: headerOf(bouncer),
          message: `\`server_tls_sslmode\` is not set: PgBouncer ${says ?? "does not check who answers"}, and \`${host}\` is another machine.`,
          fixes: [
            {
              title: "Add `server_tls_sslmode = verify-full`",
              safety: "suggestion",
              edits: addSetting(model, bouncer, "server_tls_sslmode", "verify-full"),
            },
          ],
        };
      }
    }
  },
};
