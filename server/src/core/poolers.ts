import type { Model, Pool } from "./model.ts";
import type { Profile, SetUpPooler } from "./profile.ts";
import { type ProfileRow, profileRows } from "./profile-rows.ts";

/** A pooler that files set up, or that a pool leads to, with the pools behind it. */
export interface PoolerEntry {
  readonly profile: Profile;
  /** For whom alone it holds: `database jobs`. */
  readonly scope?: string;
  /** With a scope: what holds for everybody else. */
  readonly whole?: Profile;
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
  const known = new Map<Profile, Omit<SetUpPooler, "profile">>([[main, {}]]);
  for (const { profile, ...scope } of poolers) if (!known.has(profile)) known.set(profile, scope);
  for (const { profile } of model.pools) if (!known.has(profile)) known.set(profile, {});
  return [...known].map(([profile, scope]) => ({
    profile,
    main: profile === main,
    pools: model.pools.filter((pool) => pool.profile === profile),
    ...scope,
  }));
};

/** The rows of an entry: of one with a scope those alone in which it differs from the whole. */
export const rowsOf = ({ profile, whole }: PoolerEntry): readonly ProfileRow[] => {
  const same = whole && new Set(profileRows(whole).map(({ key, evidence }) => `${key} ${evidence.words}`));
  return profileRows(profile).filter(({ key, evidence }) => !same?.has(`${key} ${evidence.words}`));
};
