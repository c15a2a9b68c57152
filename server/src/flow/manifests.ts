import type { Snapshot } from "../core/snapshot.ts";
import { isPythonManifest, rankOf, readPythonManifest } from "./python-manifests.ts";

interface Manifest {
  readonly name?: string;
  /** Package → version range, as written. */
  readonly dependencies: ReadonlyMap<string, string>;
}

/** What the package.json files of a workspace say; each is read once. */
export class Manifests {
  private readonly read = new Map<string, Manifest>();
  /** The packages that the manifests above a folder name, for either language: each handle in each file is asked what its project depends on. */
  private readonly named = new Map<string, ReadonlySet<string>>();
  /** Python's manifests by their folder. */
  private pythonFolders: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(private readonly snapshot: Snapshot) {}

  /** The packages that the nearest manifest names, and those of the manifests above it. */
  dependencies(path: string): ReadonlySet<string> {
    const place = `${path.slice(0, path.lastIndexOf("/"))}${path.endsWith(".py") ? " python" : ""}`;
    let found = this.named.get(place);
    if (found === undefined) {
      found = new Set([...this.above(path)].flatMap(({ dependencies }) => [...dependencies.keys()]));
      this.named.set(place, found);
    }
    return found;
  }

  /** The major version of a package that the nearest manifest asks for; undefined where none names it, or not by a number. */
  majorOf(path: string, packageName: string): number | undefined {
    for (const manifest of this.above(path)) {
      const range = manifest.dependencies.get(packageName);
      if (range === undefined) continue;
      const major = /^[\^~>=v\s]*(\d+)\b(?!.*\|\|)/.exec(range)?.[1];
      return major === undefined ? undefined : Number(major);
    }
    return undefined;
  }

  /** The version of a package as the nearest manifest writes it (`^2.0`), or as it is locked (`==2.0.3`) for Python. */
  rangeOf(path: string, packageName: string): string | undefined {
    for (const manifest of this.above(path)) {
      const range = manifest.dependencies.get(packageName);
      if (range !== undefined && range !== "") return range;
    }
    return undefined;
  }

  /** The numbers of the version that is locked, or of the least that is allowed. */
  versionOf(path: string, packageName: string): readonly number[] | undefined {
    const numbers = /^\s*(?:[\^~]|[=~>]=|===)?\s*v?(\d+(?:\.\d+)*)/.exec(this.rangeOf(path, packageName) ?? "")?.[1];
    return numbers?.split(".").map(Number);
  }

  /** The name in the nearest manifest that has one, without its scope. */
  projectName(path: string): string | undefined {
    for (const manifest of this.above(path)) {
      if (manifest.name !== undefined && manifest.name !== "") return manifest.name.replace(/^@[^/]+\//, "");
    }
    return undefined;
  }

  private *above(path: string): Generator<Manifest> {
    for (let folder = path; folder.includes("/"); ) {
      folder = folder.slice(0, folder.lastIndexOf("/"));
      if (path.endsWith(".py")) {
        yield* this.pythonIn(folder);
        continue;
      }
      const text = this.snapshot.configurations.get(`${folder}/package.json`);
      if (text !== undefined) yield this.manifest(`${folder}/package.json`, text);
    }
  }

  /** The manifests of one folder for Python files, what is locked first. */
  private *pythonIn(folder: string): Generator<Manifest> {
    this.pythonFolders ??= byFolder(this.snapshot.configurations);
    for (const path of this.pythonFolders.get(folder) ?? []) {
      let known = this.read.get(path);
      if (known === undefined) {
        known = readPythonManifest(nameOf(path), this.snapshot.configurations.get(path) ?? "");
        this.read.set(path, known);
      }
      yield known;
    }
  }

  private manifest(path: string, text: string): Manifest {
    let known = this.read.get(path);
    if (known === undefined) {
      known = parse(text);
      this.read.set(path, known);
    }
    return known;
  }
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

function byFolder(configurations: Snapshot["configurations"]): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const path of configurations.keys()) {
    if (!isPythonManifest(nameOf(path))) continue;
    const folder = path.slice(0, path.lastIndexOf("/"));
    folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  for (const paths of folders.values()) paths.sort((a, b) => rankOf(nameOf(a)) - rankOf(nameOf(b)) || (a < b ? -1 : 1));
  return folders;
}

function parse(text: string): Manifest {
  const dependencies = new Map<string, string>();
  try {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest !== "object" || manifest === null) return { dependencies };
    const fields = manifest as Record<string, unknown>;
    for (const field of ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"]) {
      const value = fields[field];
      if (typeof value !== "object" || value === null) continue;
      for (const [name, range] of Object.entries(value))
        if (!dependencies.has(name)) dependencies.set(name, typeof range === "string" ? range : "");
    }
    return typeof fields.name === "string" ? { name: fields.name, dependencies } : { dependencies };
  } catch {
    // A half-typed manifest says nothing.
    return { dependencies };
  }
}
