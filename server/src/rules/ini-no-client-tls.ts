import type { Rule } from "../core/rule.ts";
import { openAddresses } from "./knowledge/addresses.ts";
import { placeOfEntry, valueIn } from "./knowledge/ini.ts";

/** Addresses that every network of the machine reaches say nothing of which networks there are. */
const isAny = (address: string): boolean => address === "*" || address === "0.0.0.0" || address === "::";

const weak = new Set(["md5", "plain"]);

const isPrivate = (address: string): boolean =>
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd])/i.test(address) || !/[.:]/.test(address);

export const iniNoClientTls: Rule = {
  name: "ini-no-client-tls",
  summary: "Clients from other machines connect without TLS.",
  why: `With \`client_tls_sslmode = disable\`, the default, everything between clients and PgBouncer can be read on the way, queries and results included. Where others than
this machine reach it, set \`client_tls_sslmode = require\` with \`client_tls_key_file\` and \`client_tls_cert_file\`.

On a public address the rule warns, on all addresses (\`*\`) it hints: it does not see whether the network is private, as those of containers are.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "none",
  dependsOn: [],
  *check(model) {
    for (const bouncer of model.bouncers) {
      const placed = bouncer.settings.get("listen_addr");
      const addresses = openAddresses(bouncer).filter((address) => !isPrivate(address) || isAny(address));
      if (!placed || addresses.length === 0 || valueIn(bouncer, "client_tls_sslmode")?.toLowerCase() !== "disable")
        continue;
      // `ini-weak-auth` tells of that already.
      const isWeak = weak.has(valueIn(bouncer, "auth_type")?.toLowerCase() ?? "") && bouncer.settings.has("auth_type");
      if (isWeak && addresses.every(isAny)) continue;
      yield {
        place: placeOfEntry(placed),
        severity: addresses.every(isAny) ? "hint" : "warning",
        message: `Clients reach PgBouncer on \`${addresses.join(", ")}\` without TLS.`,
      };
    }
  },
};
