import { replace } from "../core/edit.ts";
import type { Bouncer, PlacedEntry } from "../core/ini.ts";
import { meant } from "../core/meant.ts";
import type { Model } from "../core/model.ts";
import type { Fix, Report, Rule } from "../core/rule.ts";
import { dotted } from "../core/version.ts";
import { isSectionName, newestVersion, oldestVersion, sections, settingNamed, settings } from "../pgbouncer/index.ts";
import { isFilledIn } from "../pgbouncer/values.ts";
import { entriesOf, placeOfKey, removeEntry } from "./knowledge/ini.ts";

export const iniUnknownSetting: Rule = {
  name: "ini-unknown-setting",
  summary: "A setting or a section that no version of PgBouncer knows.",
  why: `PgBouncer stops at a name in \`[pgbouncer]\` that it does not know, and at an unknown section: \`unknown parameter\`, then
\`FATAL cannot load config file\`. Names are case-sensitive: \`POOL_MODE\` is unknown.

The rule knows the settings of ${dotted(oldestVersion)} to ${dotted(newestVersion)}. It does not see settings of later versions and of patched builds.`,
  group: "pgbouncer.ini",
  severity: "error",
  fix: "both",
  dependsOn: [],
  *check(model) {
    for (const { placed } of entriesOf(model))
      if (placed.section === "pgbouncer" && !isFilledIn(placed.entry.key)) yield* judge(model, placed);
    for (const bouncer of model.bouncers) yield* unknownSections(model, bouncer);
  },
};

const names = settings.pgbouncer.filter(({ windowsOnly }) => !windowsOnly).map(({ name }) => name);

/** What people take from PostgreSQL, from entries in [databases], or from other poolers. */
const others: Readonly<Record<string, string>> = {
  pool_size: "default_pool_size",
  max_connections: "max_client_conn",
  max_client_connections: "max_client_conn",
  max_clients: "max_client_conn",
  port: "listen_port",
  listen_addresses: "listen_addr",
  listen_address: "listen_addr",
  host: "listen_addr",
  pool_timeout: "query_wait_timeout",
  idle_timeout: "server_idle_timeout",
  reserve_pool: "reserve_pool_size",
  log_file: "logfile",
  pid_file: "pidfile",
  unix_socket_directory: "unix_socket_dir",
  idle_in_transaction_session_timeout: "idle_transaction_timeout",
};

function* judge(model: Model, placed: PlacedEntry): Generator<Report> {
  const { key } = placed.entry;
  const setting = settingNamed("pgbouncer", key);
  if (setting?.windowsOnly)
    yield {
      place: placeOfKey(placed),
      severity: "warning",
      message: `\`${key}\` is a setting on Windows alone: PgBouncer does not start with it elsewhere.`,
      fixes: [remove(model, placed)],
    };
  if (setting) return;
  const likely = others[key] ?? meant(key, names);
  const question = likely ? ` Did you mean \`${likely}\`?` : "";
  yield {
    place: placeOfKey(placed),
    message: `PgBouncer has no setting \`${key}\` and does not start.${question}`,
    fixes: [...(likely ? [rename(model, placed, likely)] : []), remove(model, placed)],
  };
}

/** The same letters in another case can only mean that setting. */
const rename = (model: Model, { path, entry }: PlacedEntry, name: string): Fix => ({
  title: `Change to \`${name}\``,
  safety: entry.key.toLowerCase() === name ? "safe" : "suggestion",
  edits: [replace({ path, text: model.text(path) }, entry.keySpan, name)],
});

const remove = (model: Model, placed: PlacedEntry): Fix => ({
  title: `Remove \`${placed.entry.key}\``,
  safety: "suggestion",
  edits: removeEntry(model, placed),
});

function* unknownSections(model: Model, { files }: Bouncer): Generator<Report> {
  for (const { path, ini } of files)
    for (const { name, headerSpan } of ini.sections) {
      if (isSectionName(name) || isFilledIn(name)) continue;
      const likely = meant(
        name.trim(),
        sections.map((section) => section.name),
      );
      yield {
        place: { path, span: headerSpan },
        message: `PgBouncer has no section \`[${name}]\` and does not start.${likely ? ` Did you mean \`[${likely}]\`?` : ""}`,
        fixes: likely
          ? [
              {
                title: `Change to \`[${likely}]\``,
                safety: name.trim().toLowerCase() === likely ? "safe" : "suggestion",
                edits: [replace({ path, text: model.text(path) }, headerSpan, `[${likely}]`)],
              },
            ]
          : [],
      };
    }
}
