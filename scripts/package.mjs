// Packs the built extension into a .vsix that needs no node_modules: `node scripts/package.mjs [folder]`.
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createVSIX } from "@vscode/vsce";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Packs `dist/` and what `.vscodeignore` lets through; resolves with the path of the .vsix. Throws where nothing is built. */
export async function packExtension(folder = root) {
  const { name, version, main } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  if (!existsSync(join(root, main))) throw new Error(`${main} is not built: run \`npm run build\` first`);
  await writeFile(join(root, "dist/THIRD-PARTY-NOTICES.txt"), await thirdPartyNotices());
  const packagePath = join(folder, `${name}-${version}.vsix`);
  await createVSIX({
    cwd: root,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  return packagePath;
}

/** The licences of everything that the bundles hold, which ask to go along with each copy. */
async function thirdPartyNotices() {
  const { packages } = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  const shipped = Object.entries(packages).filter(
    ([path, { dev, link, optional }]) => path.includes("node_modules/") && !dev && !link && !optional,
  );
  // @ts-morph/common holds a copy of the compiler.
  const paths = [...shipped.map(([path]) => path), "node_modules/typescript"];
  const notices = await Promise.all(paths.map(noticeOf));
  return `The bundles hold code of these packages.\n\n${[...new Set(notices)].sort().join("\n")}`;
}

async function noticeOf(path) {
  const folder = join(root, path);
  const { name, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return `${"=".repeat(80)}\n${name} (${license})\n\n${texts.map((text) => text.trim()).join("\n\n")}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await packExtension(process.argv[2]);
