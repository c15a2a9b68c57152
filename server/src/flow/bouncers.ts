import type { Bouncer } from "../core/ini.ts";
import type { Pool } from "../core/model.ts";
import type { Evidenced, Profile } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { span } from "../core/text.ts";
import { type Configuration, readConfigurations } from "../pgbouncer/configurations.ts";
import { readNames } from "../pgbouncer/values.ts";
import { spotAt, stated } from "../pooler/evidence.ts";
import { type Poolers, userDigest } from "../pooler/index.ts";

/** The PgBouncers of the workspace, each with its version and with the pools whose profile was read from its files. */
export function bouncersOf(snapshot: Snapshot, poolers: Poolers, pools: readonly Pool[]): readonly Bouncer[] {
  const configurations = readConfigurations(snapshot);
  if (configurations.length === 0) return [];
  const profiles = poolers.setUp.filter(({ scope }) => scope === undefined).map(({ profile }) => profile);
  const serverConnections = serverConnectionsOf(snapshot);
  return configurations.map((configuration) => {
    const paths = new Set(configuration.files.map(({ path }) => path));
    const version = profiles.find((profile) => isReadFrom(profile, paths))?.version;
    const own = pools.filter(({ profile }) => isReadFrom(profile, paths));
    const admins = adminsOf(configuration);
    return {
      ...configuration,
      ...(version ? { version } : {}),
      ...(serverConnections ? { serverConnections } : {}),
      pools: own,
      consolePools: own.filter(({ url }) => url?.user !== undefined && admins.has(url.user)),
    };
  });
}

/** A value of the profile stands in one of the files, and no other pooler was decided on instead. */
const isReadFrom = (profile: Profile, paths: ReadonlySet<string>): boolean =>
  profile.kind.value === "pgbouncer" &&
  profile.direct === undefined &&
  Object.values(profile).some((value: Evidenced<unknown>) => value.place !== undefined && paths.has(value.place.path));

const adminsOf = ({ settings }: Configuration): ReadonlySet<number> =>
  new Set(readNames(settings.get("admin_users")?.entry.value ?? "").map(userDigest));

/** `postgres -c max_connections=200` in a compose file; undefined where there is none, or several that differ. */
function serverConnectionsOf(snapshot: Snapshot): Evidenced<number> | undefined {
  const found = [...snapshot.configurations]
    .filter(([path]) => /\/(?:docker-)?compose[^/]*\.ya?ml$/.test(path))
    .flatMap(([path, text]) =>
      [...text.matchAll(/\bmax_connections\s*=\s*(?<limit>\d+)/g)].map((match) => {
        const at = span(match.index, match.index + match[0].length);
        const limit = match.groups?.limit ?? "";
        return stated(Number(limit), spotAt(snapshot, path, text, at), `max_connections=${limit}`);
      }),
    );
  return new Set(found.map(({ value }) => value)).size === 1 ? found[0] : undefined;
}
