import type { Pool, StartupParameter } from "../../core/model.ts";
import type { Evidenced, PoolerKind, Profile } from "../../core/profile.ts";
import type { Severity } from "../../core/rule.ts";
import { isTracked, isUntrackable } from "./tracked.ts";
import { isOlderThan } from "./verdict.ts";

/** What becomes of a startup parameter at the pooler. */
export type Fate =
  /** It reaches PostgreSQL, or the pooler keeps it for each client. */
  | { readonly becomes: "kept" }
  /** Connecting fails with this message. */
  | { readonly becomes: "refused"; readonly error: string }
  /** Connecting works, the value is lost. */
  | { readonly becomes: "dropped"; readonly evidence: Evidenced<readonly string[]> };

/** PgBouncer itself, and services that run it. What other poolers do with startup parameters is not known well enough. */
const runsPgBouncer: ReadonlySet<PoolerKind> = new Set([
  "pgbouncer",
  "azure",
  "digitalocean",
  "heroku",
  "crunchy",
  "railway",
  "neon",
]);

/** Not PostgreSQL's parameters, but what the connection is. */
const ofConnection: ReadonlySet<string> = new Set(["user", "database"]);

/** Dropping it does no harm: PostgreSQL prints all digits anyway since version 12. */
const harmless: ReadonlySet<string> = new Set(["extra_float_digits"]);

/** Undefined where it is not known what the pooler does. An unknown version gets the benefit of the doubt. */
export function fateOf(profile: Profile, { name: written, sentAs }: StartupParameter): Fate | undefined {
  const name = written.toLowerCase();
  if (profile.direct) return { becomes: "kept" };
  if (!runsPgBouncer.has(profile.kind.value) || name.startsWith("_pq_.")) return undefined;
  const ignores = (parameter: string): boolean => has(profile.ignoreStartupParameters, parameter);
  const dropped = (evidence: Evidenced<readonly string[]> | undefined): Fate | undefined =>
    evidence && { becomes: "dropped", evidence };
  const isUnread = sentAs === "options" && isOlderThan(profile, [1, 20]);
  if (sentAs === "options" && ignores("options")) return dropped(profile.ignoreStartupParameters);
  if (isUnread) return { becomes: "refused", error: "unsupported startup parameter: options" };
  if (ofConnection.has(name) || isTracked(name, profile)) return { becomes: "kept" };
  if (name === "replication") return replication(profile);
  if (isUntrackable(name, profile)) return dropped(profile.trackExtraParameters);
  if (ignores(name)) return harmless.has(name) ? { becomes: "kept" } : dropped(profile.ignoreStartupParameters);
  const where = sentAs === "options" ? "unsupported startup parameter in options" : "unsupported startup parameter";
  return { becomes: "refused", error: `${where}: ${written}` };
}

/** Refused before 1.23, whatever is ignored. */
const replication = (profile: Profile): Fate | undefined =>
  isOlderThan(profile, [1, 23])
    ? { becomes: "refused", error: "unsupported startup parameter: replication" }
    : profile.version && { becomes: "kept" };

const has = (list: Evidenced<readonly string[]> | undefined, name: string): boolean =>
  list?.value.some((each) => each.toLowerCase() === name) === true;

/** A verdict that hangs on what the pooler is, in whatever mode: an error only where that is stated. */
export const byKind = ({ kind }: Profile, severity: Severity): Severity =>
  severity === "error" && kind.strength !== "stated" ? "warning" : severity;

/** Ends a message: the evidence for the pooler that the verdict hangs on. */
export function becauseOfKind({ kind, ignoreStartupParameters: ignored }: Profile): string {
  if (kind.strength === "assumed") return "(assumes PgBouncer)";
  if (kind.strength === "weak") return `(assumes PgBouncer: ${kind.words})`;
  return `(${ignored?.strength === "stated" ? ignored.words : kind.words})`;
}

/** What keeps a setting for the role that the application connects as: `ALTER ROLE …`; undefined where its value is not known. */
export function roleSetting({ name, value }: StartupParameter): string | undefined {
  if (value === undefined || !/^[\w.]+$/.test(name)) return undefined;
  const literal = `'${value.replaceAll("'", "''")}'`;
  // A list of names is no text.
  const written = name.toLowerCase() === "search_path" && /^[\w"$, ]+$/.test(value) ? value : literal;
  return `ALTER ROLE CURRENT_USER SET ${name} = ${written};`;
}

/** Parameters that stand in one place are one fault. */
export function byPlace(pool: Pool): readonly (readonly StartupParameter[])[] {
  const groups = new Map<string, StartupParameter[]>();
  for (const parameter of pool.startup) {
    const { path, span } = parameter.place;
    const key = `${parameter.from} ${path} ${span.start}`;
    groups.set(key, [...(groups.get(key) ?? []), parameter]);
  }
  return [...groups.values()];
}
