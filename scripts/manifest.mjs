// Writes the editor's settings into package.json, from the description of the settings and the rules.
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const path = fileURLToPath(new URL("../package.json", import.meta.url));
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ["scripts/manifest-settings.ts"],
  bundle: true,
  platform: "node",
  format: "cjs",
  mainFields: ["module", "main"],
  external: ["ts-morph"],
  write: false,
});
const module = { exports: {} };
new Function("module", "exports", "require", outputFiles[0].text)(
  module,
  module.exports,
  createRequire(import.meta.url),
);
const manifest = JSON.parse(await readFile(path, "utf8"));
manifest.contributes.configuration = module.exports.manifestSettings();
await writeFile(path, `${JSON.stringify(manifest, undefined, 2)}\n`);
