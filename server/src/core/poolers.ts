import type { Model, Pool } from "./model.ts";
import type { Profile, SetUpPooler } from "./profile.ts";

/** A pooler that files set up, or that a pool leads to, with the pools behind it. */
export interface PoolerEntry {
  readonly profile: Profile;
  /** For whom alone it holds: `database jobs`. */
  readonly scope?: string;
  /** It is assumed where no pool says otherwise. */
  readonly main: boolean;
  readonly pools: readonly Pool[];
}

interface Known {
  readonly profile: Profile;
  readonly poolers: readonly SetUpPooler[];
  readonly model: Pick<Model, "pools">;
}

/** Every pooler that files set up and every other one that a pool leads to, each once, the main one first. */
export const poolersOf = ({ profile: main, poolers, model }: Known): readonly PoolerEntry[] => {
  const scopes = new Map<Profile, string | undefined>([[main, undefined]]);
  for (const { profile, scope } of poolers) if (!scopes.has(profile)) scopes.set(profile, scope);
  for (const { profile } of model.pools) if (!scopes.has(profile)) scopes.set(profile, undefined);
  return [...scopes].map(([profile, scope]) => ({
    profile,
    main: profile === main,
    pools: model.pools.filter((pool) => pool.profile === profile),
    ...(scope === undefined ? {} : { scope }),
  }));
};
