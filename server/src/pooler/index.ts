import type { UrlFacts } from "../core/model.ts";
import type { Profile } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { chooser } from "./choose.ts";
import { environmentOf } from "./environment.ts";
import { findPoolers } from "./workspace-poolers.ts";

export { describeProfile, printProfile } from "./print.ts";
export { isPostgresScheme, parseUrl, type UrlParts } from "./url.ts";

/** The poolers of a workspace. Answers are computed when first asked for, and hold no secret. */
export interface Poolers {
  /** What is assumed where no pool says otherwise. */
  readonly main: Profile;
  /** The pooler that a pool's URL leads to; `from`: absolute path of the file that opens it. Same question, same object. */
  profileFor(url: UrlFacts | undefined, from: string): Profile;
  /**
   * What compose files and `.env*` say of an environment variable: a URL, or a host, a port (`PGHOST`, `DB_PORT`) or the application
   * name (`PGAPPNAME`) alone. `place` is where it is written. Undefined where nothing explains the name.
   */
  urlOfEnvironment(name: string, from: string): UrlFacts | undefined;
}

/** Reads what stands in front of the database, from the configuration files of a snapshot. */
export const readPoolers = (snapshot: Snapshot): Poolers => {
  const known = memory.get(snapshot);
  if (known) return known;
  const poolers = lazily(snapshot);
  memory.set(snapshot, poolers);
  return poolers;
};

const memory = new WeakMap<Snapshot, Poolers>();

const lazily = (snapshot: Snapshot): Poolers => {
  const parts = once(() => {
    const found = findPoolers(snapshot);
    const environment = environmentOf(snapshot, found.compose);
    return { environment, choose: chooser(snapshot, found.poolers, environment) };
  });
  return {
    get main() {
      return parts().choose.main();
    },
    profileFor: (url, from) => parts().choose.forUrl(url, from),
    urlOfEnvironment: (name, from) => parts().environment.urlOf(name, from),
  };
};

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
