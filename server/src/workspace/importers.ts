import type { Snapshot } from "../core/snapshot.ts";
import { isPython } from "../frontends/languages.ts";
import { createResolver } from "../frontends/resolve.ts";
import type { Handed } from "./bindings.ts";
import { importersOf } from "./closure.ts";
import { readAliases, readPackages } from "./packages.ts";
import { pythonImportersOf } from "./python-closure.ts";
import { handsOnHandles, handsOnPythonHandles } from "./words.ts";

export interface ImportersInput {
  /** Files with handles, and what they hand on: what they declare, where that is not given. */
  readonly seeds: ReadonlyMap<string, Handed | undefined>;
  /** Every source that may join in, and the seeds, with their specifiers, one a line. */
  readonly imports: ReadonlyMap<string, string>;
  /** For where imports lead. */
  readonly view: Snapshot;
  peek(path: string): string;
  textOf(path: string): string;
}

/** The sources that get something from a seed, directly or through others: each language on its own. */
export function importersInAll({ seeds, imports, view, peek, textOf }: ImportersInput): readonly string[] {
  const resolve = createResolver(view);
  const [pythonSeeds, otherSeeds] = byLanguage(seeds);
  const [pythonImports, otherImports] = byLanguage(imports);
  return [
    ...importersOf({
      seeds: otherSeeds,
      imports: otherImports,
      packages: readPackages(view.configurations),
      aliases: readAliases(view.configurations),
      resolve,
      peek,
      textOf,
      handsOn: handsOnHandles,
    }),
    ...pythonImportersOf({
      seeds: pythonSeeds.keys(),
      imports: pythonImports,
      resolve,
      textOf,
      handsOn: handsOnPythonHandles,
    }),
  ];
}

function byLanguage<V>(all: ReadonlyMap<string, V>): readonly [Map<string, V>, Map<string, V>] {
  const python = new Map<string, V>();
  const others = new Map<string, V>();
  for (const [path, one] of all) (isPython(path) ? python : others).set(path, one);
  return [python, others];
}
