import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Installs a folder's packages from its lock file, unless they are there already. Nothing of them is run. */
export function install(folder: string): void {
  const lock = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
  const marker = join(folder, "node_modules", ".installed-lock");
  if (existsSync(marker) && readFileSync(marker, "utf8") === lock) return;
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--workspaces=false", "--prefix", folder], {
    cwd: folder,
    stdio: "pipe",
    shell: process.platform === "win32",
  });
  writeFileSync(marker, lock);
}
