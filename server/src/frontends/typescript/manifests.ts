import { posix } from "node:path";
import { asObject, asText, type Json, readJson, textsOf } from "./json.ts";

/** A package of the workspace. */
export interface Manifest {
  /** Absolute folder. */
  readonly folder: string;
  readonly name: string | undefined;
  readonly content: Readonly<Record<string, Json>>;
}

/** Every package.json of a workspace. */
export class Manifests {
  readonly #byFolder = new Map<string, Manifest>();
  readonly #byName = new Map<string, Manifest[]>();
  readonly #patterns: RegExp[] = [];
  readonly #nearest = new Map<string, Manifest | undefined>();

  constructor(configurations: ReadonlyMap<string, string>) {
    for (const [path, text] of configurations) {
      if (path.endsWith("/package.json")) this.#add(path, text);
      else if (path.endsWith("/pnpm-workspace.yaml"))
        this.#addPatterns(posix.dirname(path), yamlList(text, "packages"));
    }
  }

  /** The manifest that speaks for a file in this folder. */
  nearest(folder: string): Manifest | undefined {
    if (this.#nearest.has(folder)) return this.#nearest.get(folder);
    const parent = posix.dirname(folder);
    const found = this.#byFolder.get(folder) ?? (parent === folder ? undefined : this.nearest(parent));
    this.#nearest.set(folder, found);
    return found;
  }

  /**
   * The package of the workspace that a name means in a folder. Fixtures and templates carry names of real packages: where
   * workspaces are declared, only their members count, or what the manifest at hand links to.
   */
  named(name: string, folder: string): Manifest | undefined {
    const own = this.nearest(folder);
    if (own?.name === name) return own;
    const candidates = this.#byName.get(name) ?? [];
    const [first] = candidates;
    if (!first) return undefined;
    const members =
      this.#patterns.length === 0 ? candidates : candidates.filter((one) => this.#isMember(one) || links(own, name));
    return members.length < 2
      ? members[0]
      : [...members].sort((a, b) => shared(b.folder, folder) - shared(a.folder, folder))[0];
  }

  #add(path: string, text: string): void {
    const folder = posix.dirname(path);
    const content = asObject(readJson(path, text));
    const name = asText(content.name);
    const manifest: Manifest = { folder, name, content };
    this.#byFolder.set(folder, manifest);
    if (name !== undefined) {
      const known = this.#byName.get(name);
      if (known) known.push(manifest);
      else this.#byName.set(name, [manifest]);
    }
    const { workspaces } = content;
    const patterns = Array.isArray(workspaces) ? workspaces : asObject(workspaces).packages;
    this.#addPatterns(folder, textsOf(patterns));
  }

  #addPatterns(folder: string, patterns: readonly string[]): void {
    for (const pattern of patterns)
      if (!pattern.startsWith("!")) this.#patterns.push(glob(posix.join(folder, pattern)));
  }

  #isMember(manifest: Manifest): boolean {
    return this.#patterns.some((pattern) => pattern.test(manifest.folder));
  }
}

const links = (own: Manifest | undefined, name: string): boolean =>
  ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"].some((field) =>
    /^(?:workspace|file|link|portal):/.test(asText(asObject(own?.content[field])[name]) ?? ""),
  );

/** How many leading characters two folders share. */
function shared(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

function glob(pattern: string): RegExp {
  const source = pattern
    .replace(/\/+$/, "")
    .replace(/[.+^$()|[\]\\]/g, "\\$&")
    .replace(/\{([^}]*)\}/g, (_, list: string) => `(?:${list.split(",").join("|")})`)
    .replace(/\?/g, "[^/]")
    .replace(/\*\*\/?|\*/g, (star) => (star === "*" ? "[^/]*" : ".*"));
  return new RegExp(`^${source}$`);
}

/** The items of a list in YAML, one a line: all that a file of pnpm holds there. */
function yamlList(text: string, key: string): readonly string[] {
  const items: string[] = [];
  let inside = false;
  for (const line of text.split(/\r?\n/)) {
    const inline = new RegExp(`^${key}\\s*:\\s*\\[(.*)\\]`).exec(line);
    if (inline) return inline[1]!.split(",").map(unquote);
    if (new RegExp(`^${key}\\s*:`).test(line)) inside = true;
    else if (inside && /^\s*-\s/.test(line)) items.push(unquote(line.replace(/^\s*-\s+/, "").replace(/\s+#.*$/, "")));
    else if (inside && /^\S/.test(line) && !line.startsWith("#")) inside = false;
  }
  return items;
}

const unquote = (text: string): string => text.trim().replace(/^(["'])(.*)\1$/, "$2");
