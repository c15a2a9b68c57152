import { posix } from "node:path";
import type { Resolution } from "../frontends/resolve.ts";

export interface PythonClosureInput {
  /** Files with handles. */
  readonly seeds: Iterable<string>;
  /** Every Python source that may join in, and the seeds, with the modules that it imports, one a line. */
  readonly imports: ReadonlyMap<string, string>;
  resolve(from: string, specifier: string): Resolution;
  textOf(path: string): string;
  /** True for a text that is worth a parse when something of a handle's file comes into it. */
  handsOn(text: string): boolean;
}

/**
 * The sources that import from a seed, directly or through others. A module hands on every name that it has, so files count as a whole;
 * what shows no word of handles ends the line, unless it is a package's `__init__`, which only hands on.
 */
export const pythonImportersOf = ({
  seeds,
  imports,
  resolve,
  textOf,
  handsOn,
}: PythonClosureInput): ReadonlySet<string> => {
  const byEnd = new Map<string, { readonly path: string; readonly specifier: string; target?: string }[]>();
  for (const [path, lines] of imports) {
    for (const specifier of lines.split("\n")) {
      if (specifier === "") continue;
      const end = specifier.slice(specifier.lastIndexOf(".") + 1);
      const list = byEnd.get(end);
      if (list) list.push({ path, specifier });
      else byEnd.set(end, [{ path, specifier }]);
    }
  }
  const found = new Set<string>();
  const settled = new Set<string>(seeds);
  let wanted: ReadonlySet<string> = new Set(settled);
  while (wanted.size) {
    const next = new Set<string>();
    for (const end of new Set([...wanted].flatMap(endsOf))) {
      for (const one of byEnd.get(end) ?? []) {
        if (settled.has(one.path)) continue;
        one.target ??= fileOf(resolve(one.path, one.specifier));
        if (!wanted.has(one.target)) continue;
        settled.add(one.path);
        if (posix.basename(one.path) !== "__init__.py" && !handsOn(textOf(one.path))) continue;
        found.add(one.path);
        next.add(one.path);
      }
    }
    wanted = next;
  }
  return found;
};

/** The last words of the specifiers that may mean a path: `a/b.py` is `b`, `a/b/__init__.py` is `b`, or `.` from its neighbours. */
function endsOf(path: string): readonly string[] {
  const name = posix.basename(path, ".py");
  return name === "__init__" ? [posix.basename(posix.dirname(path)), ""] : [name];
}

const fileOf = (resolution: Resolution): string => (resolution.kind === "file" ? resolution.path : "");
