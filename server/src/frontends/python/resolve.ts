import { posix } from "node:path";
import type { Snapshot } from "../../core/snapshot.ts";
import type { Resolution } from "../typescript/resolve.ts";
import { sourceRoots } from "./source-roots.ts";

/** Answers which file of the snapshot, or which package, a module means in a Python file. Every answer is kept. */
export function createResolver(snapshot: Snapshot): (from: string, specifier: string) => Resolution {
  const { exists, roots, configurations } = snapshot;
  const declared = sourceRoots(configurations);
  const folders = new Map<string, Folder>();

  const folderOf = (path: string): Folder => {
    let known = folders.get(path);
    if (!known) {
      known = { path, places: placesFrom(path), answers: new Map() };
      folders.set(path, known);
    }
    return known;
  };

  /** The folders that absolute imports start from, nearest first: those above the file that are no package themselves, with their `src`. */
  const placesFrom = (path: string): readonly string[] => {
    const found: string[] = [];
    for (let at = path; ; at = posix.dirname(at)) {
      if (!exists(`${at}/__init__.py`)) {
        found.push(at, `${at}/src`);
        for (const one of declared.get(at) ?? []) found.push(posix.join(at, one));
      }
      if (roots.includes(at) || at === "/" || at === ".") return found;
    }
  };

  return (from, specifier) => {
    const folder = folderOf(posix.dirname(from));
    // A file is no module of itself: `redis.py` that imports `redis` means the package.
    const key = `${specifier} ${posix.basename(from)}`;
    let answer = folder.answers.get(key);
    if (!answer) {
      answer = resolve(folder, from, specifier, exists);
      folder.answers.set(key, answer);
    }
    return answer;
  };
}

interface Folder {
  readonly path: string;
  readonly places: readonly string[];
  readonly answers: Map<string, Resolution>;
}

function resolve(folder: Folder, from: string, specifier: string, exists: (path: string) => boolean): Resolution {
  const [, dots = "", name = ""] = /^(\.*)(.*)$/.exec(specifier) ?? [];
  const parts = name === "" ? [] : name.split(".");
  if (dots !== "") {
    const base = posix.join(folder.path, "../".repeat(dots.length - 1)).replace(/\/$/, "");
    const path = moduleAt(exists, [base, ...parts].join("/"));
    return path === undefined ? { kind: "missing" } : { kind: "file", path };
  }
  const [top] = parts;
  if (top === undefined) return { kind: "missing" };
  for (const place of folder.places) {
    const path = moduleAt(exists, [place, ...parts].join("/"));
    if (path !== undefined && path !== from) return { kind: "file", path };
  }
  return { kind: "package", name: top };
}

const moduleAt = (exists: (path: string) => boolean, path: string): string | undefined =>
  exists(`${path}.py`) ? `${path}.py` : exists(`${path}/__init__.py`) ? `${path}/__init__.py` : undefined;
