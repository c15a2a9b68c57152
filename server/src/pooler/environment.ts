import type { UrlFacts } from "../core/model.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { ComposeFile } from "./compose.ts";
import { type EnvironmentUrl, urlsOfEnvironmentFiles } from "./environment-files.ts";

export interface Environment {
  urlOf(name: string, from: string): UrlFacts | undefined;
  /** Every URL of a compose file or `.env*` file that is no example, nearest to the roots first. */
  readonly urls: readonly EnvironmentUrl[];
  /** What the example files show: a hint, no proof. */
  readonly examples: readonly EnvironmentUrl[];
}

/** The environment variables of the workspace that say where a database is: compose files before `.env.local` before `.env` before manifests. */
export const environmentOf = (
  snapshot: Snapshot,
  {
    compose,
    urls: ofManifests,
  }: { readonly compose: readonly ComposeFile[]; readonly urls: readonly EnvironmentUrl[] },
): Environment => {
  const ofCompose = compose.flatMap(({ urls }) =>
    urls.map(({ name, url, folder }): EnvironmentUrl => ({ name, url, folder, rank: -1, example: false })),
  );
  const all = [...ofCompose, ...urlsOfEnvironmentFiles(snapshot), ...ofManifests];
  const urls = all.filter(({ example }) => !example).sort(byDepth);
  const byName = new Map<string, EnvironmentUrl[]>();
  for (const each of all) byName.set(each.name, [...(byName.get(each.name) ?? []), each]);
  return {
    urls,
    examples: all.filter(({ example }) => example).sort(byDepth),
    urlOf: (name, from) => {
      const best = strongest(speakingFor(byName.get(name) ?? [], from), from);
      return best && (best.example ? nameAlone(best.url) : best.url);
    },
  };
};

/** Files in a folder above the source. Where none is, those of one other folder, if it is the only one: `docker/.env` for `src/`. */
const speakingFor = (candidates: readonly EnvironmentUrl[], from: string): readonly EnvironmentUrl[] => {
  const above = candidates.filter(({ folder }) => from.startsWith(folder));
  if (above.some(({ example }) => !example)) return above;
  const elsewhere = candidates.filter(({ example }) => !example);
  return new Set(elsewhere.map(({ folder }) => folder)).size === 1 ? elsewhere : above;
};

/** What is real before an example, what says something before what does not, the nearest folder, then the stronger file. */
const strongest = (candidates: readonly EnvironmentUrl[], from: string): EnvironmentUrl | undefined =>
  [...candidates].sort(
    (a, b) =>
      Number(a.example) - Number(b.example) ||
      Number(saysNothing(a.url)) - Number(saysNothing(b.url)) ||
      nearness(b.folder, from) - nearness(a.folder, from) ||
      a.rank - b.rank ||
      byDepth(a, b),
  )[0];

const saysNothing = ({ host, port, database, scheme, parameters }: UrlFacts): boolean =>
  host === undefined &&
  port === undefined &&
  database === undefined &&
  scheme === undefined &&
  Object.keys(parameters).length === 0;

/** The length of the folder where it holds the file; below 0 where it does not. */
const nearness = (folder: string, from: string): number => (from.startsWith(folder) ? folder.length : -1);

/** The values of an example are inventions; that the variable exists is not. */
const nameAlone = ({ place, environment }: UrlFacts): UrlFacts => ({
  place,
  ...(environment === undefined ? {} : { environment }),
  parameters: {},
  complete: false,
});

const byDepth = (a: EnvironmentUrl, b: EnvironmentUrl): number =>
  a.folder.length - b.folder.length ||
  a.rank - b.rank ||
  (a.url.place.path < b.url.place.path ? -1 : a.url.place.path > b.url.place.path ? 1 : 0) ||
  a.url.place.span.start - b.url.place.span.start;
