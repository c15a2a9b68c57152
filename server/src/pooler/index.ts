import type { UrlFacts } from "../core/model.ts";
import type { Profile, SetUpPooler } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { chooser } from "./choose.ts";
import { type Environment, environmentOf } from "./environment.ts";
import { findPoolers, type WorkspacePoolers } from "./workspace-poolers.ts";

export { differInPoolersAlone } from "./differences.ts";
export { parseUrl } from "./url.ts";
export { userDigest } from "./user.ts";

/** The poolers of a workspace. Answers are computed when first asked for, and hold no secret. */
export interface Poolers {
  /** What is assumed where no pool says otherwise. */
  readonly main: Profile;
  /** The poolers that files set up, with what is of one database or user alone; the best described first. */
  readonly setUp: readonly SetUpPooler[];
  /** The pooler that a pool's URL leads to; `from`: absolute path of the file that opens it. Same question, same object. */
  profileFor(url: UrlFacts | undefined, from: string): Profile;
  /**
   * What compose files and `.env*` say of an environment variable: a URL, or a host, a port (`PGHOST`, `DB_PORT`) or the application
   * name (`PGAPPNAME`) alone. `place` is where it is written. Undefined where nothing explains the name.
   */
  urlOfEnvironment(name: string, from: string): UrlFacts | undefined;
}

/** Reads what stands in front of the database, from the configuration files of a snapshot. Nothing is read before the first question. */
export const readPoolers = (snapshot: Snapshot): Poolers => {
  const known = answers.get(snapshot);
  if (known) return known;
  const chosen = once(() => {
    const { found, environment } = readFiles(snapshot);
    return { environment, choose: chooser(snapshot, found, environment) };
  });
  const made: Poolers = {
    get main() {
      return chosen().choose.main();
    },
    get setUp() {
      return chosen().choose.setUp();
    },
    profileFor: (url, from) => chosen().choose.forUrl(url, from),
    urlOfEnvironment: (name, from) => chosen().environment.urlOf(name, from),
  };
  answers.set(snapshot, made);
  return made;
};

const answers = new WeakMap<Snapshot, Poolers>();

interface Read {
  readonly roots: readonly string[];
  readonly found: WorkspacePoolers;
  readonly environment: Environment;
}

/** Snapshots share the map of their configuration files as long as none changes: typing in a source reads nothing again. */
const reads = new WeakMap<Snapshot["configurations"], Read>();

const readFiles = (snapshot: Snapshot): Read => {
  const known = reads.get(snapshot.configurations);
  if (known?.roots.join("\n") === snapshot.roots.join("\n")) return known;
  const found = findPoolers(snapshot);
  const read = { roots: snapshot.roots, found, environment: environmentOf(snapshot, found) };
  reads.set(snapshot.configurations, read);
  return read;
};

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
