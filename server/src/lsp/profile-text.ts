import type { Pool } from "../core/model.ts";
import type { Evidenced, PoolerKind, Profile } from "../core/profile.ts";
import type { Outcome } from "./project.ts";

/** Markdown about a profile is written for one outcome, whose texts tell the lines that evidence stands in. */
export interface ProfileContext {
  readonly outcome: Outcome;
  /** Absent where links to files are not rendered: the words stand alone then. */
  readonly uriOf?: (path: string) => string;
}

const kinds: Readonly<Record<PoolerKind, string>> = {
  pgbouncer: "PgBouncer",
  supavisor: "Supavisor",
  neon: "Neon's PgBouncer",
  "rds-proxy": "RDS Proxy",
  azure: "Azure's PgBouncer",
  digitalocean: "DigitalOcean's PgBouncer",
  heroku: "Heroku's PgBouncer",
  crunchy: "Crunchy Bridge's PgBouncer",
  railway: "Railway's PgBouncer",
  hyperdrive: "Hyperdrive",
  pgcat: "PgCat",
  odyssey: "Odyssey",
  pgdog: "PgDog",
};

/** A value of the profile as the configuration of PgBouncer spells it. */
interface Row {
  readonly name: string;
  readonly show: (profile: Profile) => Evidenced<string> | undefined;
}

const row = <T>(
  name: string,
  pick: (profile: Profile) => Evidenced<T> | undefined,
  write: (value: T) => string,
): Row => ({
  name,
  show: (profile) => {
    const evidenced = pick(profile);
    return evidenced && { ...evidenced, value: write(evidenced.value) };
  },
});

const names = (list: readonly string[]): string => list.join(", ") || "none";
const seconds = (value: number): string => (value === 0 ? "0 (off)" : `${value} s`);

const rows: Readonly<Record<keyof Profile, Row>> = {
  kind: row(
    "pooler",
    ({ kind }) => kind,
    (kind) => kinds[kind],
  ),
  mode: row("pool_mode", ({ mode }) => mode, String),
  version: row(
    "version",
    ({ version }) => version,
    (version) => version.join("."),
  ),
  maxPreparedStatements: row("max_prepared_statements", ({ maxPreparedStatements }) => maxPreparedStatements, String),
  ignoreStartupParameters: row(
    "ignore_startup_parameters",
    ({ ignoreStartupParameters }) => ignoreStartupParameters,
    names,
  ),
  trackExtraParameters: row("track_extra_parameters", ({ trackExtraParameters }) => trackExtraParameters, names),
  clientIdleTimeout: row("client_idle_timeout", ({ clientIdleTimeout }) => clientIdleTimeout, seconds),
  queryWaitTimeout: row("query_wait_timeout", ({ queryWaitTimeout }) => queryWaitTimeout, seconds),
  idleTransactionTimeout: row(
    "idle_transaction_timeout",
    ({ idleTransactionTimeout }) => idleTransactionTimeout,
    seconds,
  ),
  defaultPoolSize: row("default_pool_size", ({ defaultPoolSize }) => defaultPoolSize, String),
  maxClientConnections: row("max_client_conn", ({ maxClientConnections }) => maxClientConnections, String),
  serverResetQueryAlways: row(
    "server_reset_query_always",
    ({ serverResetQueryAlways }) => serverResetQueryAlways,
    (on) => (on ? "1" : "0"),
  ),
  preparedStatements: row(
    "prepared statements of the protocol",
    ({ preparedStatements }) => preparedStatements,
    (works) => (works ? "work" : "do not work"),
  ),
  direct: row(
    "direct connection",
    ({ direct }) => direct,
    () => "yes",
  ),
};

export const allRows = Object.keys(rows) as readonly (keyof Profile)[];

/** `PgBouncer 1.24.1, transaction mode`; an assumption says so. */
export function profileLabel({ kind, mode, version, direct }: Profile): string {
  if (direct) return "No pooler: a direct connection";
  const label = `${kinds[kind.value]}${version ? ` ${version.value.join(".")}` : ""}, ${mode.value} mode`;
  return mode.strength === "assumed" ? `${label} (assumed)` : label;
}

/** What is known of the profile, one line a value with the place that says so. Values that are not known are left out. */
export function profileList(profile: Profile, wanted: readonly (keyof Profile)[], context: ProfileContext): string {
  return wanted
    .flatMap((key) => {
      const { name, show } = rows[key];
      const value = show(profile);
      return value ? [`- ${name}: **${escaped(value.value)}** (${evidence(value, context)})`] : [];
    })
    .join("\n");
}

/** A pool as one line: `node-postgres, application name api`. */
export function poolLabel({ driver, applicationName: { given, name } }: Pool): string {
  const known = name?.kind === "constant" && typeof name.value === "string" ? ` \`${name.value}\`` : "";
  const words = { yes: `application name${known}`, no: "no application name", unknown: "application name not known" };
  return `${driver.label}, ${words[given]}`;
}

/** A link to the line that the evidence stands in. */
function evidence({ words, place }: Evidenced<unknown>, context: ProfileContext): string {
  return place ? linkTo(place.path, place.span.start, escaped(words), context) : escaped(words);
}

export function linkTo(path: string, offset: number, words: string, { outcome, uriOf }: ProfileContext): string {
  if (uriOf === undefined) return words;
  return `[${words}](${uriOf(path)}#L${outcome.lines(path).toPosition(offset).line + 1})`;
}

/** Text that means nothing to Markdown. */
export const escaped = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~]/g, "\\$&");

/** Markdown without its marks, for clients that show plain text. */
export const plain = (markdown: string): string =>
  markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/(?<!\\)(\*\*|`)/g, "")
    .replace(/\\(.)/g, "$1");
