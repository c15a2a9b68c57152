import { posix } from "node:path";

type Exists = (path: string) => boolean;

/** In the order in which they are tried after a path without an extension. */
const extensions = [".ts", ".tsx", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs", ".json", ".d.ts"];

/** What a written extension may stand for: the file that it is compiled from, or itself. */
const sources: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".js", ".jsx", ".d.ts"],
  ".jsx": [".tsx", ".jsx"],
  ".mjs": [".mts", ".mjs", ".d.mts"],
  ".cjs": [".cts", ".cjs", ".d.cts"],
};

/** The file that a path without certainty means: with its extension, another one, or the index of a folder. */
export function findFile(exists: Exists, path: string): string | undefined {
  const extension = posix.extname(path);
  const compiled = sources[extension];
  if (compiled) {
    const stem = path.slice(0, -extension.length);
    for (const source of compiled) if (exists(stem + source)) return stem + source;
  }
  if (extensions.includes(extension) && exists(path)) return path;
  if (!path.endsWith("/")) for (const added of extensions) if (exists(path + added)) return path + added;
  const folder = path.endsWith("/") ? path : `${path}/`;
  for (const added of extensions) if (exists(`${folder}index${added}`)) return `${folder}index${added}`;
  return undefined;
}

const built: ReadonlySet<string> = new Set([
  "dist",
  "build",
  "out",
  "output",
  "lib",
  "libs",
  "esm",
  "cjs",
  "es",
  "umd",
  "types",
  "typings",
  "module",
  "compiled",
  "_esm",
  "_cjs",
  "node",
  "src",
]);

/**
 * The source behind a file that a manifest names. Packages of a workspace name what their build leaves (`dist/index.js`), which is
 * usually not there; its source is found by leaving the folders of the build out.
 */
export function findSource(exists: Exists, folder: string, target: string): string | undefined {
  const parts = posix
    .normalize(target)
    .split("/")
    .filter((part) => part !== ".");
  let inner = 0;
  while (inner < parts.length - 1 && built.has(parts[inner]!)) inner++;
  const candidates: string[] = [];
  // What stands in a folder of sources already is taken as it is.
  if (inner > 0 && parts[0] !== "src") {
    for (let from = 1; from <= inner; from++) {
      const rest = parts.slice(from).join("/");
      candidates.push(`src/${rest}`, `source/${rest}`);
    }
  }
  candidates.push(parts.join("/"));
  if (inner > 0) candidates.push(parts.slice(inner).join("/"));
  for (const candidate of candidates) {
    const stripped = candidate.replace(/\.d\.([cm]?)ts$/, ".$1js").replace(/\.[cm]js$/, ".js");
    const found =
      findFile(exists, posix.join(folder, stripped)) ??
      (stripped === candidate ? undefined : findFile(exists, posix.join(folder, candidate)));
    if (found) return found;
  }
  return undefined;
}
