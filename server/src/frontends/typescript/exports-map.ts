import { asObject, type Json } from "./json.ts";

/** Conditions that lead to nothing that runs on a server. */
const foreign: ReadonlySet<string> = new Set(["browser", "react-native", "deno", "worker", "edge-light", "workerd"]);

/**
 * The targets that a package's `exports` or `imports` give to a key, in the order in which they should be tried. Every condition is
 * followed: the first target that exists wins, whichever way it is loaded. Types come last.
 */
export function targetsOf(map: Json, key: string): readonly string[] {
  const entries = asObject(map);
  const isKeyed = Object.keys(entries).some((name) => name.startsWith(".") || name.startsWith("#"));
  if (!isKeyed) return key === "." ? leaves(map) : [];
  const exact = entries[key];
  if (exact !== undefined) return leaves(exact);
  const [pattern] = Object.keys(entries)
    .filter((name) => matches(name, key))
    .sort((a, b) => b.indexOf("*") - a.indexOf("*"));
  if (pattern === undefined) return [];
  const star = pattern.indexOf("*");
  const filled = star < 0 ? key.slice(pattern.length) : key.slice(star, key.length - (pattern.length - star - 1));
  return leaves(entries[pattern]).map((target) => (star < 0 ? target + filled : target.replaceAll("*", filled)));
}

/** `./features/*.js`, or a folder: `./features/`. */
function matches(pattern: string, key: string): boolean {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern.endsWith("/") && key.startsWith(pattern);
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return key.length >= pattern.length && key.startsWith(before) && key.endsWith(after);
}

function leaves(value: Json): readonly string[] {
  const usual: string[] = [];
  const late: string[] = [];
  collect(value, usual, late);
  return [...usual, ...late];
}

function collect(value: Json, usual: string[], late: string[]): void {
  if (typeof value === "string") {
    (/\.d\.[cm]?ts$/.test(value) ? late : usual).push(value);
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) collect(item, usual, late);
    return;
  }
  for (const [condition, target] of Object.entries(asObject(value))) {
    if (condition === "source") usual.unshift(...leaves(target));
    else collect(target, foreign.has(condition) ? late : usual, late);
  }
}
