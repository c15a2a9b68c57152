import { createPause } from "./pause.ts";
import type { WorkspaceProblem } from "./problems.ts";
import { Search } from "./search.ts";
import type { Source } from "./sources.ts";
import type { Territory } from "./territory.ts";

export interface ScanOptions {
  readonly signal?: AbortSignal;
  /** Called now and then with the number of sources seen so far. */
  readonly progress?: (seen: number) => void;
}

/** What is on disk. */
export interface Scan {
  readonly sources: Map<string, Source>;
  /** Paths of what is a configuration by its name. */
  readonly configurations: readonly string[];
  readonly problems: readonly WorkspaceProblem[];
}

/** Walks some roots and searches each source. Gives the event loop its turns; undefined where the signal ends it early. */
export const scanRoots = async (
  roots: readonly string[],
  territory: Territory,
  { signal, progress }: ScanOptions,
): Promise<Scan | undefined> => {
  const found = new Set<string>();
  const configurations: string[] = [];
  const problems: WorkspaceProblem[] = [];
  const pause = createPause(signal, () => progress?.(found.size));
  const search = new Search();
  for (const root of roots) {
    configurations.push(...territory.aboveRoot(root).configurations);
    for (const listing of territory.walk(root, ({ path, message }) =>
      problems.push({ path, kind: "unreadable", message }),
    )) {
      for (const path of listing.sources) if (found.size < found.add(path).size) search.add(path);
      configurations.push(...listing.configurations);
      const due = pause();
      if (due && (await due)) {
        search.end();
        return undefined;
      }
    }
  }
  const searched = await search.finish(pause);
  if (!searched) return undefined;
  progress?.(found.size);
  return { sources: searched.sources, configurations, problems: [...problems, ...searched.problems] };
};
