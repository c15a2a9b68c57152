import type { Bouncer } from "../core/ini.ts";
import type { Pool } from "../core/model.ts";
import type { Evidenced, Profile } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { readConfigurations } from "../pgbouncer/configurations.ts";
import type { Poolers } from "../pooler/index.ts";

/** The PgBouncers of the workspace, each with its version and with the pools whose profile was read from its files. */
export function bouncersOf(snapshot: Snapshot, poolers: Poolers, pools: readonly Pool[]): readonly Bouncer[] {
  const configurations = readConfigurations(snapshot);
  if (configurations.length === 0) return [];
  const profiles = poolers.setUp.filter(({ scope }) => scope === undefined).map(({ profile }) => profile);
  return configurations.map((configuration) => {
    const paths = new Set(configuration.files.map(({ path }) => path));
    const version = profiles.find((profile) => isReadFrom(profile, paths))?.version;
    return {
      ...configuration,
      ...(version ? { version } : {}),
      pools: pools.filter(({ profile }) => isReadFrom(profile, paths)),
    };
  });
}

/** A value of the profile stands in one of the files, and no other pooler was decided on instead. */
const isReadFrom = (profile: Profile, paths: ReadonlySet<string>): boolean =>
  profile.kind.value === "pgbouncer" &&
  profile.direct === undefined &&
  Object.values(profile).some((value: Evidenced<unknown>) => value.place !== undefined && paths.has(value.place.path));
