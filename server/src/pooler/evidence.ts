import type { Evidenced } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Place, Span } from "../core/text.ts";

/** A spot in a file that says something: `words` names it as people find it again, `compose.yaml:12`. */
export interface Spot {
  readonly place: Place;
  readonly words: string;
}

/** The spot of a span; the path is relative to the workspace folder that holds it, the line counts from 1. */
export const spotAt = (snapshot: Snapshot, path: string, text: string, span: Span): Spot => ({
  place: { path, span },
  words: `${relativePath(snapshot.roots, path)}:${lineAt(text, span.start)}`,
});

/** Relative to the innermost workspace folder; the path itself outside of all. */
const relativePath = (roots: readonly string[], path: string): string => {
  const holding = roots.filter((root) => path.startsWith(withSlash(root)));
  const root = holding.reduce((longest, each) => (each.length > longest.length ? each : longest), "");
  return root === "" ? path : path.slice(withSlash(root).length);
};

/** From 1. */
const lineAt = (text: string, offset: number): number => {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
};

/** A value that a spot states; `what` reads as it is written there: `pool_mode=transaction`. Never give it a secret. */
export const stated = <T>(value: T, spot: Spot, what: string): Evidenced<T> => ({
  value,
  strength: "stated",
  words: `${spot.words} ${what}`,
  place: spot.place,
});

export const weak = <T>(value: T, spot: Spot, what: string): Evidenced<T> => ({
  ...stated(value, spot, what),
  strength: "weak",
});

export const assumed = <T>(value: T, words: string): Evidenced<T> => ({ value, strength: "assumed", words });

/** What follows from another value: its place and strength, and its spot before own words. */
export const following = <T>(value: T, from: Evidenced<unknown>, words: string): Evidenced<T> => ({
  value,
  strength: from.strength,
  words: from.place ? `${spotIn(from)} ${words}` : words,
  ...(from.place ? { place: from.place } : {}),
});

/** The file and line at the front of the words; all of them where none is. */
const spotIn = ({ words }: Evidenced<unknown>): string => /^\S+:\d+(?=[\s:]|$)/.exec(words)?.[0] ?? words;

const withSlash = (path: string): string => (path.endsWith("/") ? path : `${path}/`);
