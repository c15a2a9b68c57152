import type { UrlFacts } from "../core/model.ts";
import type { Evidenced, PoolerKind, Profile, SetUpPooler } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { decidedPart } from "./decided.ts";
import { isDirectName, kindOfPort, type RecognisedEndpoint, recogniseHost, recogniseVariable } from "./endpoints.ts";
import type { Environment } from "./environment.ts";
import { assumed, type Spot, spotAt, stated, weak } from "./evidence.ts";
import type { FoundPooler } from "./found.ts";
import { readPrismaVariables } from "./prisma.ts";
import { completeProfile, directProfile } from "./profile.ts";
import type { ProfilePart } from "./settings.ts";
import { isPostgresScheme } from "./url.ts";
import type { WorkspacePoolers } from "./workspace-poolers.ts";

export interface Chooser {
  main(): Profile;
  forUrl(url: UrlFacts | undefined, from: string): Profile;
  /** Every pooler that files set up, and what of it is of one database or user alone. */
  setUp(): readonly SetUpPooler[];
}

/** Decides which pooler a connection goes through. The first that knows, in the order of `forUrl`, decides. */
export const chooser = (
  snapshot: Snapshot,
  { poolers: found, databases }: WorkspacePoolers,
  environment: Environment,
): Chooser => {
  const bindings = found.filter(({ source }) => source === "binding");
  const poolers = found.filter(({ source }) => source !== "binding");
  const prisma = readPrismaVariables(snapshot);
  const decided = decidedPart(snapshot);
  const complete = (part: KnownPart): Profile => completeProfile(withDecided(part, decided));
  /** The same pooler gives the same profile object. */
  const profiles = new Map<string, Profile>();
  const remember = (key: string, make: () => Profile): Profile => {
    const profile = profiles.get(key) ?? make();
    profiles.set(key, profile);
    return profile;
  };
  const ofBinding = (binding: FoundPooler): Profile =>
    remember(`binding ${binding.hosts}`, () => complete(binding.part));
  const ofPooler = (pooler: FoundPooler, url: Connection = {}): Profile => {
    const { databases, users } = pooler;
    const ofDatabase = databases.get(url.database ?? "*") ?? databases.get("*") ?? {};
    const ofUser = users.find(({ user, database }) => user === url.user && (database ?? url.database) === url.database);
    // A user's own settings go before the database's, as in PgBouncer.
    const part = { ...pooler.part, ...ofDatabase, ...ofUser?.part };
    const words = Object.values<Evidenced<unknown> | undefined>(part).map((each) => each?.words);
    return remember(`${poolers.indexOf(pooler)} ${words.join(" ")}`, () => complete(part));
  };
  const keyOf = (url: UrlFacts): string =>
    `${url.place.path} ${url.place.span.start} ${url.environment} ${url.host} ${url.port} ${url.database}`;
  const spotOf = (url: UrlFacts): Spot => {
    const { path, span } = url.place;
    const text = snapshot.configurations.get(path) ?? snapshot.sources.get(path) ?? "";
    return spotAt(snapshot, path, text, span);
  };

  /** A pooler of the workspace, by the name of its container or by a port of this machine. */
  const byAddress = (url: UrlFacts, from: string): Profile | undefined => {
    const { host, port, place } = url;
    // The file that holds the URL knows its own names best: every compose file may have a service `pgbouncer`.
    const near = [
      ...poolers.filter(({ path }) => path === place.path),
      ...sortedByNearness(poolers, from).filter(({ path }) => path !== place.path),
    ];
    const local = host === undefined || localHost.test(host);
    const named = host === undefined ? [] : near.filter(({ hosts }) => hosts.includes(host));
    const found =
      named.find(({ ports }) => port !== undefined && ports.includes(port)) ??
      named[0] ??
      (local && port !== undefined ? near.find(({ ports }) => ports.includes(port)) : undefined);
    return found && ofPooler(found, url);
  };

  /** `env.HYPERDRIVE.connectionString`: a binding of a worker, by the name that its configuration gives it. */
  const byBinding = (url: UrlFacts | undefined, from: string): Profile | undefined => {
    if (bindings.length === 0 || url?.host !== undefined || url?.environment !== undefined) return undefined;
    const source = snapshot.sources.get(from) ?? "";
    const at = url?.place.path === from ? source.slice(url.place.span.start, url.place.span.end) : "";
    const near = sortedByNearness(bindings, from);
    const named = near.find(({ hosts }) => hosts.some((name) => bindingUse(name).test(at)));
    // The string may have gone through a variable: a file that names one binding alone means that one.
    const inFile = named ? [] : near.filter(({ hosts }) => hosts.some((name) => bindingUse(name).test(source)));
    const found = named ?? (inFile.length === 1 ? inFile[0] : undefined);
    return found && ofBinding(found);
  };

  /** The compose file runs a pooler, and this connection does not take it. */
  const byDatabaseHost = (url: UrlFacts): Profile | undefined => {
    const { host, port } = url;
    if (host === undefined) return undefined;
    const service = databases.hosts.has(host)
      ? host
      : localHost.test(host) && port !== undefined
        ? databases.ports.get(port)
        : undefined;
    if (service === undefined) return undefined;
    const name = url.environment === undefined ? "" : `${url.environment}: `;
    return remember(`direct ${keyOf(url)}`, () =>
      directProfile(assumedPart.kind, stated(true, spotOf(url), `${name}service ${service}, past the pooler`)),
    );
  };

  const byHost = (url: UrlFacts, from: string): Profile | undefined => {
    const found = recogniseHost(url);
    if (!found) return undefined;
    const own = ownOfKind(found.knowledge.kind, from);
    const { mode, leads } = found.endpoint;
    // Terraform makes the very thing that the host leads to; a container of the same kind is another one where the host tells the mode.
    return own && leads === "pooled" && (mode === undefined || own.source === "terraform")
      ? ofPooler(own, url)
      : remember(keyOf(url), () => profileOfEndpoint(found, url, spotOf(url), complete));
  };

  const byVariable = (name: string, url: UrlFacts, from: string): Profile | undefined => {
    if (isDirectName(name) || prisma.direct.has(name))
      return remember(`direct ${keyOf(url)}`, () =>
        directProfile(assumedPart.kind, stated(true, spotOf(url), `${name}: past the pooler`)),
      );
    const knowledge = recogniseVariable(name);
    if (!knowledge) return undefined;
    const own = ownOfKind(knowledge.kind, from);
    return own
      ? ofPooler(own, url)
      : remember(keyOf(url), () => complete({ kind: stated(knowledge.kind, spotOf(url), name) }));
  };

  const ownOfKind = (kind: PoolerKind, from: string): FoundPooler | undefined =>
    sortedByNearness(poolers, from).find(({ part }) => part.kind.value === kind);

  const byDatabase = (url: UrlFacts, from: string): Profile | undefined => {
    const { database } = url;
    if (database === undefined) return undefined;
    const found = sortedByNearness(poolers, from).find(({ databases }) => databases.has(database));
    return found && ofPooler(found, url);
  };

  /** Nothing ties the connection to a pooler: the nearest, the one that other connections show, or the assumption. */
  const byNearness = (url: UrlFacts | undefined, from: string): Profile => {
    const [nearest] = sortedByNearness(poolers, from);
    if (nearest) return url && isOpaque(url) ? guessed(ofPooler(nearest, url)) : ofPooler(nearest, url);
    const kind = url?.port === undefined ? undefined : kindOfPort(url.port);
    if (url && kind) return remember(keyOf(url), () => complete(hint(url, spotOf(url)) ?? assumedPart));
    return main();
  };

  const forUrl = (given: UrlFacts | undefined, from: string): Profile => {
    const url = explained(given, environment, from);
    const bound = byBinding(url, from);
    if (bound) return bound;
    if (!url || (url.scheme !== undefined && !isPostgresScheme(url.scheme))) return byNearness(undefined, from);
    return (
      byAddress(url, from) ??
      byDatabaseHost(url) ??
      byHost(url, from) ??
      (url.environment === undefined ? undefined : byVariable(url.environment, url, from)) ??
      byDatabase(url, from) ??
      byNearness(url, from)
    );
  };

  const main = (): Profile => {
    const [best] = poolers;
    if (best) return ofPooler(best);
    const urls = [...environment.urls].sort((a, b) => weight(b.name, prisma.pooled) - weight(a.name, prisma.pooled));
    const [binding] = bindings;
    if (binding) return ofBinding(binding);
    for (const { url, name } of urls) {
      if (isDirectName(name) || prisma.direct.has(name)) continue;
      const profile = byHost(url, url.place.path) ?? byVariable(name, url, url.place.path);
      if (profile && !profile.direct) return profile;
    }
    for (const { url } of [...urls, ...environment.examples]) {
      const part = hint(url, spotOf(url));
      if (part) return remember(`hint ${keyOf(url)}`, () => complete(part));
    }
    return remember("assumed", () => complete(assumedPart));
  };

  const setUp = (): readonly SetUpPooler[] => {
    const all = poolers.flatMap((pooler): SetUpPooler[] => {
      const whole = ofPooler(pooler);
      const databases = [...pooler.databases.keys()].map((database) => ({
        profile: ofPooler(pooler, { database }),
        scope: `database ${database}`,
        whole,
      }));
      const users = pooler.users.map(({ user, database }) => ({
        profile: ofPooler(pooler, { user, ...(database === undefined ? {} : { database }) }),
        scope: database === undefined ? "one user" : `one user of database ${database}`,
        whole,
      }));
      return [{ profile: whole }, ...databases, ...users];
    });
    const ofBindings = bindings.map((binding): SetUpPooler => ({ profile: ofBinding(binding) }));
    // A database without settings of its own has the profile of the whole.
    const seen = new Set<Profile>();
    return [...all, ...ofBindings].filter(({ profile }) => !seen.has(profile) && seen.add(profile));
  };

  return { main, forUrl, setUp };
};

/** What of a connection chooses among a pooler's own pools. */
type Connection = Pick<UrlFacts, "database" | "user">;

/** A URL is handed over and nothing of it is known, not even the variable that it comes from: it may lead anywhere. */
const isOpaque = ({ environment, host, port, database, scheme, complete }: UrlFacts): boolean =>
  !complete && [environment, host, port, database, scheme].every((part) => part === undefined);

/** The same pooler, with nothing to show that the connection takes it. */
const guessed = (profile: Profile): Profile => ({
  ...profile,
  kind: { ...profile.kind, strength: "weak" },
  mode: { ...profile.mode, strength: "weak" },
});

type KnownPart = ProfilePart & { readonly kind: Evidenced<PoolerKind> };

const assumedPart: KnownPart = { kind: assumed("pgbouncer", "assumes PgBouncer") };

/** What people decided goes before what is found; what is found of one pooler says nothing of another that they name. */
const withDecided = (part: KnownPart, decided: ProfilePart): KnownPart => {
  const { kind } = decided;
  return kind && kind.value !== part.kind.value ? { ...decided, kind } : { ...part, ...decided };
};

const profileOfEndpoint = (
  { knowledge, endpoint }: RecognisedEndpoint,
  url: UrlFacts,
  spot: Spot,
  complete: (part: KnownPart) => Profile,
): Profile => {
  const name = url.environment === undefined ? "" : `${url.environment}: `;
  const what = `${name}${endpoint.words}`;
  const kind = stated(knowledge.kind, spot, what);
  if (endpoint.leads === "direct") return directProfile(kind, stated(true, spot, `${what}, past the pooler`));
  return complete({ kind, ...(endpoint.mode ? { mode: stated(endpoint.mode, spot, what) } : {}) });
};

/** An example's host, or a port alone: names the pooler, decides nothing. */
const hint = (url: UrlFacts, spot: Spot): KnownPart | undefined => {
  const found = recogniseHost(url);
  const name = url.environment === undefined ? "" : `${url.environment}: `;
  if (found?.endpoint.leads === "pooled")
    return { kind: weak(found.knowledge.kind, spot, `${name}${found.endpoint.words}`) };
  const kind = url.port === undefined ? undefined : kindOfPort(url.port);
  return kind && { kind: weak(kind, spot, `${name}port ${url.port}`) };
};

/** The URL that a variable holds, where only the variable is known in the code. */
const explained = (url: UrlFacts | undefined, environment: Environment, from: string): UrlFacts | undefined => {
  if (url?.environment === undefined || url.host !== undefined) return url;
  const found = environment.urlOf(url.environment, from);
  return found ? { ...found, environment: url.environment } : url;
};

const localHost = /^(?:localhost|127\.0\.0\.1|\[?::1\]?|0\.0\.0\.0|host\.docker\.internal)$/i;

const bindingUse = (name: string): RegExp => new RegExp(`\\b${name}(?:!|\\?)?\\.connectionString\\b`);

/** Poolers whose files stand nearest to a file first; otherwise as they are. */
const sortedByNearness = (poolers: readonly FoundPooler[], from: string): readonly FoundPooler[] =>
  poolers.length < 2 ? poolers : [...poolers].sort((a, b) => shared(b.path, from) - shared(a.path, from));

/** Folders that two paths have in common. */
const shared = (a: string, b: string): number => {
  const [left, right] = [a.split("/"), b.split("/")];
  const end = left.findIndex((part, index) => part !== right[index]);
  return end < 0 ? left.length : end;
};

/** `DATABASE_URL` speaks for the workspace before any other name. */
const weight = (name: string, pooled: readonly string[]): number =>
  pooled.includes(name) ? 3 : name === "DATABASE_URL" ? 2 : /^(?:POSTGRES|PG|DB)_?(?:URL|URI)$/.test(name) ? 1 : 0;
