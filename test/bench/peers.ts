import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "./processes.ts";
import type { Setting } from "./setting.ts";

/**
 * Installs the peers, in a folder of their own, and returns where they are. Without a lock file: oxlint is a package a platform, and a lock made
 * where not all of them can be had is refused everywhere else.
 */
export function installPeers({ root }: Setting): string {
  const folder = join(root, "test/bench/peers");
  const installed = join(folder, "node_modules");
  const wanted = readFileSync(join(folder, "package.json"), "utf8");
  const marker = join(installed, ".installed");
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return installed;
  const words = ["install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--workspaces=false"];
  execFileSync("npm", [...words, "--prefix", folder], {
    cwd: folder,
    stdio: "pipe",
    shell: process.platform === "win32",
  });
  writeFileSync(marker, wanted);
  return installed;
}

/** Our own cold check: what it keeps on disk is left out. */
export const coldCheck = ({ dist }: Setting, tree: string): Command => ({
  name: "bouncer-safe check",
  command: process.execPath,
  arguments: [join(dist, "cli.js"), "check", tree, "--format", "json", "--no-cache"],
  cwd: tree,
});

/** The start and the end of the runtime: nothing that runs in it can be faster. */
export const runtime = (tree: string): Command => ({
  name: runtimeName,
  command: process.execPath,
  arguments: ["--eval", "0"],
  cwd: tree,
});

export const runtimeName = "node, an empty program";

/** `rg -l` over the drivers' names: the floor, since any analysis has to look at every file once. */
export const ripgrep = (tree: string, names: readonly string[]): Command => ({
  name: "rg -l",
  command: "rg",
  arguments: ["-l", "-j2", "-g", "*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,py}", `["'](${names.join("|")})["']`, "."],
  cwd: tree,
});

export const oxlint = (peers: string, tree: string): Command => ({
  name: "oxlint",
  command: process.execPath,
  arguments: [join(peers, "oxlint/bin/oxlint"), "--threads=2", "."],
  cwd: tree,
});

/** ESLint with three rules that need types. Only where the tree says which files belong to a program. */
export function eslintTyped(peers: string, tree: string, scratch: string): Command | undefined {
  if (!existsSync(join(tree, "tsconfig.json"))) return undefined;
  const config = join(scratch, "eslint.config.mjs");
  writeFileSync(
    config,
    `import parser from ${JSON.stringify(join(peers, "@typescript-eslint/parser/dist/index.js"))};
import plugin from ${JSON.stringify(join(peers, "@typescript-eslint/eslint-plugin/dist/index.js"))};
export default [{
  files: ["**/*.{ts,tsx}"],
  languageOptions: { parser, parserOptions: { project: ${JSON.stringify(join(tree, "tsconfig.json"))}, tsconfigRootDir: ${JSON.stringify(tree)} } },
  plugins: { ts: plugin },
  linterOptions: { reportUnusedDisableDirectives: "off" },
  rules: { "ts/no-floating-promises": "error", "ts/no-misused-promises": "error", "ts/await-thenable": "error" },
}];
`,
  );
  return {
    name: "ESLint, 3 typed rules",
    command: process.execPath,
    arguments: [join(peers, "eslint/bin/eslint.js"), "--no-inline-config", "-c", config, "src"],
    cwd: tree,
    environment: { NODE_OPTIONS: "--max-old-space-size=8192" },
  };
}
