// `npm run editor [folder]`: opens the example workspace, or any folder, in the VS Code of the test host, with the packaged
// extension installed, and prints the address to look at. Runs until Ctrl-C.
import { existsSync } from "node:fs";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { packExtension } from "../../scripts/package.mjs";
import { setUpHost } from "./host/setup.mjs";
import { runServerCommand, startServer } from "./host/vscode-server.mjs";

if (process.platform !== "linux" || process.arch !== "x64") {
  console.error(
    "The editor host is for Linux on x64. Elsewhere: `npm run package`, then `code --install-extension bouncer-safe-*.vsix`.",
  );
  process.exit(2);
}
const here = fileURLToPath(new URL(".", import.meta.url));
const runFolder = join(here, ".run/open");
const given = process.argv[2];
if (given && !existsSync(given)) {
  console.error(`There is no folder ${given}.`);
  process.exit(2);
}
const userData = join(runFolder, "user-data");
const extensions = join(runFolder, "extensions");
// Extensions are installed anew; what was set in the editor the last time stays.
await rm(extensions, { recursive: true, force: true });
await mkdir(extensions, { recursive: true });
const folder = given ? resolve(given) : await copyOfExample();
setUpHost();
const vsix = await packExtension(runFolder);
if (runServerCommand({ userData, extensions, args: ["--install-extension", vsix] }) !== 0) process.exit(1);
const { port, child, stop } = await startServer({ userData, extensions, flags: ["--disable-workspace-trust"] });
const query = new URLSearchParams({ folder, payload: JSON.stringify([["skipWelcome", "true"]]) });
console.log(`\n${folder}\nis open at\n\n  http://127.0.0.1:${port}/?${query}\n\nCtrl-C ends it.`);
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    stop();
    process.exit(0);
  });
}
child.on("exit", (code) => process.exit(code ?? 1));

/** The example workspace is copied: fixes tried in the editor do not change the repository. */
async function copyOfExample() {
  const copy = join(runFolder, "shop");
  await rm(copy, { recursive: true, force: true });
  await cp(join(here, "../workspaces/shop"), copy, { recursive: true });
  // It has no node_modules: what TypeScript says of its imports is not the matter here.
  await mkdir(join(copy, ".vscode"), { recursive: true });
  await writeFile(join(copy, ".vscode/settings.json"), '{ "typescript.validate.enable": false }\n');
  return copy;
}
