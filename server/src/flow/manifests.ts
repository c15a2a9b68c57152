import type { Snapshot } from "../core/snapshot.ts";

/** What the package.json files of a workspace say; each is read once. */
export class Manifests {
  private readonly read = new Map<string, { readonly name?: string; readonly dependencies: ReadonlySet<string> }>();

  constructor(private readonly snapshot: Snapshot) {}

  /** The packages that the nearest manifest names, and those of the manifests above it. */
  dependencies(path: string): ReadonlySet<string> {
    const found = new Set<string>();
    for (const manifest of this.above(path)) for (const one of manifest.dependencies) found.add(one);
    return found;
  }

  /** The name in the nearest manifest that has one, without its scope. */
  projectName(path: string): string | undefined {
    for (const manifest of this.above(path)) {
      if (manifest.name !== undefined && manifest.name !== "") return manifest.name.replace(/^@[^/]+\//, "");
    }
    return undefined;
  }

  private *above(path: string): Generator<{ readonly name?: string; readonly dependencies: ReadonlySet<string> }> {
    for (let folder = path; folder.includes("/"); ) {
      folder = folder.slice(0, folder.lastIndexOf("/"));
      const text = this.snapshot.configurations.get(`${folder}/package.json`);
      if (text !== undefined) yield this.manifest(`${folder}/package.json`, text);
    }
  }

  private manifest(path: string, text: string): { readonly name?: string; readonly dependencies: ReadonlySet<string> } {
    let known = this.read.get(path);
    if (known === undefined) {
      known = parse(text);
      this.read.set(path, known);
    }
    return known;
  }
}

function parse(text: string): { readonly name?: string; readonly dependencies: ReadonlySet<string> } {
  const dependencies = new Set<string>();
  try {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest !== "object" || manifest === null) return { dependencies };
    const fields = manifest as Record<string, unknown>;
    for (const field of ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"]) {
      const value = fields[field];
      if (typeof value === "object" && value !== null) for (const name of Object.keys(value)) dependencies.add(name);
    }
    return typeof fields.name === "string" ? { name: fields.name, dependencies } : { dependencies };
  } catch {
    // A half-typed manifest says nothing.
    return { dependencies };
  }
}
