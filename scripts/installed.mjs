// What a fresh clone lacks: the packages of the lockfile, and bundles that are as new as their sources. Needs no package itself.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** What `npm run` puts into the environment would be read as options by an npm inside it. */
export const environment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith("npm_")));

/** Runs `npm ci` unless the installed packages are those of the lockfile. Throws where npm fails. */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.error("Installing the packages of package-lock.json (once) …");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    env: environment(),
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("`npm ci` failed: see its message above");
}

/** npm keeps its own list of what it installed, written last: a broken-off installation has none. */
function isInstalled() {
  const installed = packagesOf("node_modules/.package-lock.json");
  if (!installed) return false;
  return Object.entries(packagesOf("package-lock.json")).every(
    ([path, { version, link, optional, devOptional }]) =>
      !path.includes("node_modules/") || link || optional || devOptional || installed[path]?.version === version,
  );
}

function packagesOf(path) {
  const file = join(root, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : undefined;
}

const sources = [
  "server",
  "client",
  "scripts/build.mjs",
  "scripts/compiler-parser.mjs",
  "scripts/lazy-crypto.cjs",
  "scripts/lazy-typescript.cjs",
  "scripts/load.cjs",
  "package.json",
  "package-lock.json",
];
const bundles = [
  "extension.js",
  "server.js",
  "cli.js",
  "load.js",
  "start.js",
  "service.js",
  "engine.js",
  "search.js",
  "typescript.js",
  "libpg-query.wasm",
];

/** Builds `dist/` unless each bundle is newer than every source. */
export async function ensureBuilt() {
  const built = bundles.map((name) => join(root, "dist", name));
  const oldest = Math.min(...built.map((path) => (existsSync(path) ? statSync(path).mtimeMs : 0)));
  if (sources.every((path) => newest(join(root, path)) < oldest)) return;
  console.error("Building dist/ …");
  const { buildAll } = await import("./build.mjs");
  await buildAll();
}

function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const inside = readdirSync(path).filter((name) => name !== "node_modules");
  return Math.max(0, ...inside.map((name) => newest(join(path, name))));
}
