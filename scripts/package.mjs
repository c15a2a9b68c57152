// Packs the built extension into a .vsix that needs no node_modules.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createVSIX } from "@vscode/vsce";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Packs `dist/` and what `.vscodeignore` lets through; resolves with the path of the .vsix. Throws where nothing is built. */
export async function packExtension(folder = root) {
  const { name, version, main } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  if (!existsSync(join(root, main))) throw new Error(`${main} is not built: run \`npm run build\` first`);
  const packagePath = join(folder, `${name}-${version}.vsix`);
  // The links stay relative: the picture and the pages are in the package.
  await createVSIX({
    cwd: root,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  return packagePath;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await packExtension();
