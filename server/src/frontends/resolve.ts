import type { Snapshot } from "../core/snapshot.ts";
import { isPython } from "./languages.ts";
import { createResolver as createPythonResolver } from "./python/resolve.ts";
import { createResolver as createTypeScriptResolver, type Resolution } from "./typescript/resolve.ts";

export type { Resolution } from "./typescript/resolve.ts";

/** Answers what an import of a file means, by the rules of the file's language. */
export function createResolver(snapshot: Snapshot): (from: string, specifier: string) => Resolution {
  let python: ((from: string, specifier: string) => Resolution) | undefined;
  let typescript: ((from: string, specifier: string) => Resolution) | undefined;
  return (from, specifier) => {
    if (isPython(from)) {
      python ??= createPythonResolver(snapshot);
      return python(from, specifier);
    }
    typescript ??= createTypeScriptResolver(snapshot);
    return typescript(from, specifier);
  };
}
