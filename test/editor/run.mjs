// Runs the editor suites in a real VS Code: with the extension in development, with the packaged one installed,
// with a workspace that has no database code, with one that is not trusted, and with one of Python, alone and beside another language server. `--only <run>` runs one of them,
// `--screenshots` takes the README's picture anew.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { resolveCliArgsFromVSCodeExecutablePath, runTests } from "@vscode/test-electron";
import { build } from "esbuild";
import { packExtension } from "../../scripts/package.mjs";
import { writeQuietSettings } from "./host/quiet-settings.mjs";
import { findVSCode } from "./vscode.mjs";
import { writeWorkspace } from "./workspaces.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");
const runFolder = join(here, ".run");
const companion = join(here, "companion");

/** `extension`: where the tested extension comes from. `beside`: another extension in the same window. */
const runs = {
  development: { suite: "full", workspace: "shop", extension: "development" },
  packaged: { suite: "full", workspace: "shop", extension: "packaged" },
  quiet: { suite: "quiet", workspace: "quiet", extension: "packaged" },
  restricted: { suite: "restricted", workspace: "shop", extension: "packaged", restricted: true },
  python: { suite: "python", workspace: "python", extension: "packaged" },
  neighbour: { suite: "neighbour", workspace: "python", extension: "packaged", beside: "neighbour" },
  picture: { suite: "picture", workspace: "picture", extension: "packaged", onDemand: true },
};

const { values: options } = parseArgs({
  options: { only: { type: "string" }, grep: { type: "string" }, screenshots: { type: "boolean" } },
});
if (options.only && !runs[options.only]) {
  console.error(`--only ${options.only}: no such run; there are ${Object.keys(runs).join(", ")}`);
  process.exit(2);
}
const { executable, why } = await findVSCode();
if (!executable) {
  // Named, not hidden: a machine without a browser cannot run them.
  console.log(`editor tests left out: ${why}`);
  process.exit(0);
}
await rm(runFolder, { recursive: true, force: true });
await mkdir(runFolder, { recursive: true });
const suite = join(runFolder, "suite.cjs");
await build({
  entryPoints: [join(here, "suite/index.ts")],
  outfile: suite,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  sourcemap: "inline",
  external: ["vscode", "mocha", "playwright-core"],
  logLevel: "warning",
});
await buildNeighbour();
const vsix = await packExtension(runFolder);
let failed = 0;
for (const [name, run] of Object.entries(runs)) {
  const wanted = options.only ? options.only === name : !run.onDemand || options.screenshots;
  if (wanted) failed += (await perform(name, run)) ? 0 : 1;
}
if (options.screenshots && failed === 0) {
  await mkdir(join(root, "docs/images"), { recursive: true });
  await copyFile(join(runFolder, "picture/01-editor.png"), join(root, "docs/images/editor.png"));
}
process.exitCode = failed > 0 ? 1 : 0;

/** Another Python language server, an extension of its own. */
async function buildNeighbour() {
  const folder = join(runFolder, "extension-neighbour");
  await mkdir(folder, { recursive: true });
  await copyFile(join(here, "neighbour/package.json"), join(folder, "package.json"));
  await build({
    entryPoints: ["extension", "server"].map((name) => ({ in: join(here, `neighbour/${name}.ts`), out: name })),
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    external: ["vscode"],
    logLevel: "warning",
  });
}

/** True where at least one test ran and none failed. */
async function perform(name, { suite: suiteName, workspace, extension, restricted, beside }) {
  console.log(`\neditor: ${name}`);
  const folder = join(runFolder, name);
  const counts = join(folder, "counts.json");
  const output = join(folder, "mocha.txt");
  const profile = [`--extensions-dir=${join(folder, "extensions")}`, `--user-data-dir=${join(folder, "user-data")}`];
  const workspaceFolder = join(folder, workspace);
  await mkdir(join(folder, "extensions"), { recursive: true });
  writeQuietSettings(join(folder, "user-data"));
  await writeWorkspace(workspace, workspaceFolder);
  if (extension === "packaged") install(profile);
  const debuggingPort = await freePort();
  const stopTail = tail(output);
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: [
        extension === "packaged" ? companion : root,
        ...(beside ? [join(runFolder, `extension-${beside}`)] : []),
      ],
      extensionTestsPath: suite,
      launchArgs: [workspaceFolder, `--remote-debugging-port=${debuggingPort}`, ...profile],
      extensionTestsEnv: {
        EDITOR_SUITE: suiteName,
        EDITOR_GREP: options.grep,
        EDITOR_FOLDER: folder,
        EDITOR_RESTRICTED_MODE: restricted ? "1" : undefined,
        EDITOR_COUNTS: counts,
        EDITOR_MOCHA_OUTPUT: output,
        EDITOR_DEBUGGING_PORT: String(debuggingPort),
      },
    });
  } catch (error) {
    console.error(`editor: ${name}: ${error.message}`);
    return false;
  } finally {
    stopTail();
  }
  // An exit code alone proves nothing: a suite that was never loaded ends well too.
  const { tests, failures } = JSON.parse(await readFile(counts, "utf8").catch(() => '{"tests":0,"failures":0}'));
  console.log(`editor: ${name}: ${tests} tests, ${failures} failed`);
  return tests > 0 && failures === 0;
}

function install(profile) {
  const [cli] = executable.endsWith(".mjs") ? [executable] : resolveCliArgsFromVSCodeExecutablePath(executable);
  const { status } = spawnSync(cli, [...profile, `--install-extension=${vsix}`], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`installing ${vsix} failed`);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Prints what the suite writes to a file: through the window, mocha's lines arrive unformatted. Returns what ends it. */
function tail(file) {
  let printed = 0;
  const print = () => {
    const text = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    process.stdout.write(text.subarray(printed));
    printed = text.length;
  };
  const timer = setInterval(print, 200);
  return () => {
    clearInterval(timer);
    print();
  };
}
