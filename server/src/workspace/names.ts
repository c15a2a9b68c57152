import { isCandidate } from "./candidates.ts";

/** What a file is to the analysis, by its name alone. A candidate is a configuration if its text says so. */
export type FileKind = "source" | "configuration" | "candidate" | "other";

const sourceEndings: ReadonlySet<string> = new Set([
  ".ts",
  ".tsx",
  ".mts",
  ".cts",
  ".js",
  ".jsx",
  ".mjs",
  ".cjs",
  ".py",
]);

const configurationNames: ReadonlySet<string> = new Set([
  "package.json",
  "jsconfig.json",
  "pnpm-workspace.yaml",
  "bouncer-safe.json",
  "pyproject.toml",
  "setup.cfg",
  "Pipfile",
  "Pipfile.lock",
  "poetry.lock",
  "uv.lock",
  "wrangler.toml",
  "wrangler.json",
  "wrangler.jsonc",
]);

/** One RegExp: most files of a workspace are neither sources nor these, and are asked for each. */
const configurationShapes = new RegExp(
  [
    /^tsconfig(?:\..+)?\.json$/,
    /^\.env(?:\..+)?$/,
    /^(?:docker-)?compose(?:[.-].+)?\.ya?ml$/,
    /^Dockerfile(?:\..+)?$/,
    /\.[Dd]ockerfile$/,
    /\.prisma$/,
    /odyssey[\w.-]*\.conf$/,
    /^requirements.*\.txt$/,
  ]
    .map(({ source }) => `(?:${source})`)
    .join("|"),
);

const prismaConfiguration = /^prisma\.config\.[cm]?[jt]s$/;

/** Where imports lead depends on manifests and compiler options, never on what is said of a pooler. */
export const decidesImports = (name: string): boolean =>
  kindOf(name) === "configuration" && !/^\.env|compose|[Dd]ockerfile|^wrangler\.|^odyssey|^prisma\.config/.test(name);

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
  "venv",
  "__pycache__",
  ".eggs",
  "__pypackages__",
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
  if (sourceEndings.has(ending)) {
    // Read as what it says of the database, not as code.
    if (name.startsWith("prisma.") && prismaConfiguration.test(name)) return "configuration";
    // Minified by convention: nobody edits it.
    return name.endsWith(".min.js") ? "other" : "source";
  }
  if (configurationNames.has(name) || configurationShapes.test(name)) return "configuration";
  return isCandidate(name) ? "candidate" : "other";
};

/** `.env` files are nearly always ignored by git, and nearly always say where the pooler is. */
export const isReadThoughIgnored = (name: string): boolean => name === ".env" || name.startsWith(".env.");
