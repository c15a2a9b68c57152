/** What a file is to the analysis, by its name alone. */
export type FileKind = "source" | "configuration" | "ini" | "other";

const sourceEndings: ReadonlySet<string> = new Set([".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"]);

const configurationNames: ReadonlySet<string> = new Set([
  "package.json",
  "jsconfig.json",
  "pnpm-workspace.yaml",
  "bouncer-safe.json",
  "pyproject.toml",
  "wrangler.toml",
  "wrangler.json",
  "wrangler.jsonc",
]);

const configurationShapes: readonly RegExp[] = [
  /^tsconfig(?:\..+)?\.json$/,
  /^\.env(?:\..+)?$/,
  /^(?:docker-)?compose(?:[.-].+)?\.ya?ml$/,
  /^Dockerfile(?:\..+)?$/,
  /\.[Dd]ockerfile$/,
  /\.prisma$/,
  /^prisma\.config\.[cm]?[jt]s$/,
  /^requirements.*\.txt$/,
];

/** Folders that hold other people's or generated files, whether or not git ignores them. */
const skippedFolders: ReadonlySet<string> = new Set([
  "node_modules",
  ".git",
  ".hg",
  ".svn",
  ".next",
  ".nuxt",
  ".output",
  ".svelte-kit",
  ".turbo",
  ".nx",
  ".vercel",
  ".serverless",
  ".aws-sam",
  ".angular",
  ".docusaurus",
  ".parcel-cache",
  ".cache",
  ".yarn",
  ".pnpm-store",
  "bower_components",
  ".venv",
  "__pycache__",
  "site-packages",
  ".tox",
  ".nox",
  ".mypy_cache",
  ".pytest_cache",
  ".ruff_cache",
  ".vscode-test",
  ".terraform",
]);

export const isSkippedFolder = (name: string): boolean => skippedFolders.has(name);

export const kindOf = (name: string): FileKind => {
  const dot = name.lastIndexOf(".");
  const ending = dot < 0 ? "" : name.slice(dot);
  // Minified by convention: nobody edits it.
  if (sourceEndings.has(ending)) return name.endsWith(".min.js") ? "other" : "source";
  if (ending === ".ini") return "ini";
  if (configurationNames.has(name)) return "configuration";
  return configurationShapes.some((shape) => shape.test(name)) ? "configuration" : "other";
};

/** `.env` files are nearly always ignored by git, and nearly always say where the pooler is. */
export const isReadThoughIgnored = (name: string): boolean => name === ".env" || name.startsWith(".env.");

/** An ini file that belongs to PgBouncer. */
export const isPgBouncerIni = (text: string): boolean => /^[ \t]*\[(?:pgbouncer|databases)\]/im.test(text);
