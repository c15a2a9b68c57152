import { poolerNames } from "../core/pooler-names.ts";
import type { Evidenced, PoolerKind, PoolMode, Profile } from "../core/profile.ts";
import { dotted } from "../core/version.ts";
import { readNames } from "../pgbouncer/values.ts";
import { assumed, following } from "./evidence.ts";
import { knowledgeOf } from "./kinds/index.ts";
import { type ProfilePart, unsetValue } from "./settings.ts";

/** Fills in what follows from the kind and the version. */
export const completeProfile = (part: ProfilePart & { readonly kind: Evidenced<PoolerKind> }): Profile => {
  const { defaults } = knowledgeOf(part.kind.value);
  const title = poolerNames[part.kind.value];
  const byDefault = <T>(value: T | undefined): Evidenced<T> | undefined =>
    value === undefined ? undefined : assumed(value, `${title}'s default`);
  const mode = part.mode ?? modeOfKind(part.kind) ?? assumed("transaction", "assumes transaction pooling");
  const maxPreparedStatements =
    part.maxPreparedStatements ?? statementsOfKind(part.kind) ?? unsetIn(part, "max_prepared_statements", Number, 0);
  const known = { ...part, mode, ...given("maxPreparedStatements", maxPreparedStatements) };
  return {
    ...given("trackExtraParameters", unsetIn(part, "track_extra_parameters", readNames, [])),
    ...given("ignoreStartupParameters", byDefault(defaults.ignoreStartupParameters)),
    ...given("clientIdleTimeout", byDefault(defaults.clientIdleTimeout)),
    ...given("queryWaitTimeout", byDefault(defaults.queryWaitTimeout)),
    ...given("defaultPoolSize", byDefault(defaults.defaultPoolSize)),
    ...given("maxClientConnections", byDefault(defaults.maxClientConnections)),
    ...known,
    ...given("preparedStatements", preparedStatements(known)),
  };
};

/** A connection past every pooler: the client keeps its server. */
export const directProfile = (kind: Evidenced<PoolerKind>, evidence: Evidenced<true>): Profile => ({
  kind,
  mode: { ...evidence, value: "session" },
  direct: evidence,
  preparedStatements: { ...evidence, value: true },
});

/** Weak evidence informs and does not decide: the mode stays an assumption then. */
const modeOfKind = (kind: Evidenced<PoolerKind>): Evidenced<PoolMode> | undefined => {
  const { defaults } = knowledgeOf(kind.value);
  const title = poolerNames[kind.value];
  return defaults.mode !== undefined && kind.strength === "stated"
    ? following(defaults.mode, kind, `${title} pools by ${defaults.mode}`)
    : undefined;
};

const statementsOfKind = (kind: Evidenced<PoolerKind>): Evidenced<number> | undefined => {
  const { defaults } = knowledgeOf(kind.value);
  const title = poolerNames[kind.value];
  const value = defaults.maxPreparedStatements;
  return value === undefined ? undefined : following(value, kind, `${title} has max_prepared_statements=${value}`);
};

/** What the version does where nothing is said of a setting; `without`: what holds in versions that do not have it. */
const unsetIn = <T>(
  { kind, version }: Pick<ProfilePart, "kind" | "version">,
  name: string,
  read: (value: string) => T,
  without: T,
): Evidenced<T> | undefined => {
  if (kind?.value !== "pgbouncer" || !version) return undefined;
  const value = unsetValue(name, version.value);
  const named = `PgBouncer ${dotted(version.value)}`;
  return value === undefined
    ? following(without, version, `${named} has no ${name}`)
    : following(read(value), version, `${named} has ${name}=${value}`);
};

const preparedStatements = ({
  kind,
  mode,
  maxPreparedStatements: limit,
}: Pick<Profile, "kind" | "mode" | "maxPreparedStatements">): Evidenced<boolean> | undefined => {
  if (mode.value === "session") return { ...mode, value: true };
  if (limit) return { ...limit, value: limit.value > 0 };
  const { defaults } = knowledgeOf(kind.value);
  const title = poolerNames[kind.value];
  if (defaults.preparedStatements === undefined) return undefined;
  const kept = defaults.preparedStatements === "kept";
  return following(kept, kind, `${title} ${kept ? "keeps" : "does not keep"} prepared statements`);
};

const given = <K extends string, T>(name: K, value: T | undefined): { readonly [P in K]?: T } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: T };
