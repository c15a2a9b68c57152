// `npm run generate`: writes what is derived from the rules, the drivers and the description of the settings: docs/rules/, the
// tables of README.md and the settings in package.json. With `--check` it writes nothing and fails where something is stale.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadTypeScript } from "./load-typescript.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = "docs/rules";

const read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "");

/** What is not as it should be: `text` undefined where the file has no place here. */
async function staleFiles() {
  const { generated } = await loadTypeScript("scripts/generated.ts");
  const files = await generated(read);
  const kept = existsSync(join(root, pages)) ? readdirSync(join(root, pages)).map((name) => `${pages}/${name}`) : [];
  return [
    ...[...files].filter(([path, text]) => read(path) !== text).map(([path, text]) => ({ path, text })),
    ...kept.filter((path) => !files.has(path)).map((path) => ({ path })),
  ];
}

const stale = await staleFiles().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
if (process.argv.includes("--check")) {
  for (const { path } of stale) console.error(`${path} is stale`);
  if (stale.length) console.error("`npm run generate` writes what is generated");
  process.exitCode = stale.length ? 1 : 0;
} else {
  for (const { path, text } of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (text === undefined) rmSync(join(root, path));
    else writeFileSync(join(root, path), text);
    console.log(`${text === undefined ? "removed" : "wrote"} ${path}`);
  }
}
