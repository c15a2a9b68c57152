import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The command line as it ships: bundled into a folder of its own, run by plain node. */
export interface CommandLine {
  run(args: readonly string[], options?: RunOptions): Promise<Result>;
  readonly dist: string;
  remove(): void;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs as a user whom file permissions bind, where the tests run as root. */
  readonly as?: "nobody";
}

export interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const nobody = 65_534;

export const buildCommandLine = async (): Promise<CommandLine> => {
  const folder = mkdtempSync(join(tmpdir(), "bouncer-safe-dist-"));
  const build = (await import(pathToFileURL(join(import.meta.dirname, "../../../scripts/build.mjs")).href)) as {
    buildAll(dist: string): Promise<unknown>;
  };
  await build.buildAll(folder);
  return {
    dist: folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
    run: (args, { cwd, env, as } = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [join(folder, "cli.js"), ...args], {
          cwd,
          env: { PATH: process.env.PATH, HOME: folder, BOUNCER_SAFE_CACHE: join(folder, "cache"), ...env },
          ...(as === "nobody" && process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}),
        });
        let out = "";
        let err = "";
        child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
        child.stderr.setEncoding("utf8").on("data", (text) => (err += text));
        child.on("error", reject);
        child.on("close", (code) => resolve({ code, out, err }));
        child.stdin.end();
      }),
  };
};
