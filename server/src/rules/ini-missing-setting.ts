import type { Bouncer, PlacedEntry } from "../core/ini.ts";
import type { Report, Rule } from "../core/rule.ts";
import { entriesOf, headerOf, isUnset, parametersIn, placeOfEntry, placeOfKey, valueIn } from "./knowledge/ini.ts";

export const iniMissingSetting: Rule = {
  name: "ini-missing-setting",
  summary: "A setting needs another one that is not there.",
  why: `PgBouncer does not start where TLS for clients is on without \`client_tls_key_file\` and \`client_tls_cert_file\`, where certificates of clients are to be
checked without \`client_tls_ca_file\`, where \`auth_type = cert\` comes without \`client_tls_sslmode = verify-full\`, where it is told to listen nowhere
(no \`listen_addr\`, an empty \`unix_socket_dir\`), and where an entry in \`[peers]\` has no \`host\`.

The rule does not see sockets that systemd hands over.`,
  group: "pgbouncer.ini",
  severity: "error",
  fix: "none",
  dependsOn: [],
  *check(model) {
    for (const bouncer of model.bouncers) yield* judge(bouncer);
    for (const { placed } of entriesOf(model)) {
      const { section, entry } = placed;
      const { entries, broken } = parametersIn(entry);
      if (section === "peers" && !broken && !entries.some(({ key }) => key === "host"))
        yield {
          place: placeOfKey(placed),
          message: `Peer \`${entry.key}\` has no \`host\`: PgBouncer does not start.`,
        };
    }
  },
};

function* judge(bouncer: Bouncer): Generator<Report> {
  const mode = valueIn(bouncer, "client_tls_sslmode")?.toLowerCase();
  const isEmpty = (name: string): boolean =>
    (bouncer.settings.has(name) || isUnset(bouncer, name)) && valueIn(bouncer, name) === "";
  const placed = bouncer.settings.get("client_tls_sslmode");
  const missing = ["client_tls_key_file", "client_tls_cert_file"].filter(isEmpty);
  if (placed && mode !== undefined && needsKey.has(mode) && missing.length > 0)
    yield stop(placed, `\`client_tls_sslmode = ${mode}\` needs ${missing.map((name) => `\`${name}\``).join(" and ")}`);
  else if (placed && mode === "verify-full" && isEmpty("client_tls_ca_file"))
    yield stop(placed, `\`client_tls_sslmode = ${mode}\` needs \`client_tls_ca_file\``);

  const auth = bouncer.settings.get("auth_type");
  if (auth && valueIn(bouncer, "auth_type")?.toLowerCase() === "cert" && mode !== undefined && mode !== "verify-full")
    yield stop(auth, "`auth_type = cert` needs `client_tls_sslmode = verify-full`");

  if (isEmpty("listen_addr") && bouncer.settings.has("unix_socket_dir") && isEmpty("unix_socket_dir"))
    yield {
      place: headerOf(bouncer),
      message: "Without `listen_addr` and `unix_socket_dir` there is nowhere to listen: PgBouncer does not start.",
    };
}

const needsKey = new Set(["allow", "prefer", "require", "verify-ca", "verify-full"]);

const stop = (placed: PlacedEntry, what: string): Report => ({
  place: placeOfEntry(placed),
  message: `${what}: PgBouncer does not start.`,
});
