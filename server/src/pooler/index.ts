import type { UrlFacts } from "../core/model.ts";
import type { Profile } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";

/** The poolers of a workspace. */
export interface Poolers {
  /** What is assumed where no pool says otherwise. */
  readonly main: Profile;
  /** The pooler that a pool's URL leads to; `from`: the file that opens it. */
  profileFor(url: UrlFacts | undefined, from: string): Profile;
  /** What the workspace's `.env`, compose files and the like say of an environment variable that holds a URL. */
  urlOfEnvironment(name: string, from: string): UrlFacts | undefined;
}

const assumed: Profile = {
  kind: { value: "pgbouncer", strength: "assumed", words: "nothing in the workspace names a pooler" },
  mode: { value: "transaction", strength: "assumed", words: "assumes transaction pooling" },
};

export const readPoolers = (_snapshot: Snapshot): Poolers => ({
  main: assumed,
  profileFor: () => assumed,
  urlOfEnvironment: () => undefined,
});
