// Starts and ends the VS Code server inside code-server, on loopback.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeQuietSettings } from "./quiet-settings.mjs";
import { node24, vscodeRoot } from "./setup.mjs";

const serverMain = join(vscodeRoot, "out/server-main.js");

/**
 * Starts a server. `flags`: further ones, such as `--enable-smoke-test-driver` and `--disable-workspace-trust`.
 * Resolves with its port, the process, and `stop`, which ends its whole group.
 */
export async function startServer({ userData, extensions, flags = [] }) {
  writeQuietSettings(userData);
  const child = spawn(
    node24,
    [
      serverMain,
      ...["--host", "127.0.0.1", "--port", "0", "--without-connection-token", "--accept-server-license-terms"],
      ...["--telemetry-level", "off", ...folders(userData, extensions), ...flags],
    ],
    { detached: true, stdio: ["ignore", "pipe", "pipe"], env: cleanEnvironment() },
  );
  const stop = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // Already gone.
    }
  };
  let said = "";
  const port = await new Promise((resolve, reject) => {
    const listen = (data) => {
      said += data;
      const match = /host agent listening on (\d+)/.exec(said);
      if (match) resolve(Number(match[1]));
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("exit", (code) => reject(new Error(`the VS Code server ended with code ${code}:\n${said}`)));
  });
  return { port, child, stop };
}

/** Runs the server's own command line (`--install-extension`, `--list-extensions`, `--version`); returns its exit code. */
export function runServerCommand({ userData, extensions, args }) {
  const { status, stderr } = spawnSync(
    node24,
    [serverMain, "--accept-server-license-terms", ...folders(userData, extensions), ...args],
    // What it says on stderr in good times is about the native modules that it does without.
    { stdio: ["ignore", "inherit", "pipe"], env: cleanEnvironment() },
  );
  if (status !== 0) process.stderr.write(stderr);
  return status;
}

function folders(userData, extensions) {
  return ["--server-data-dir", join(userData, "server"), "--user-data-dir", userData, "--extensions-dir", extensions];
}

/** Without the variables by which an outer VS Code would take this one for its own. */
function cleanEnvironment() {
  const outer = /^(VSCODE_|CODE_SERVER_|ELECTRON_|NODE_OPTIONS$)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
  return { ...env, XDG_RUNTIME_DIR: mkdtempSync(join(tmpdir(), "bouncer-safe-editor-")) };
}
