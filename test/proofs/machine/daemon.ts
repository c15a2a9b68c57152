import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { onPath } from "./programs.ts";

/** The account that runs PostgreSQL and PgBouncer: neither starts as root. */
export const account = process.getuid?.() === 0 ? "postgres" : undefined;

/** A running server process, ended by its pid. */
export interface Daemon {
  readonly process: ChildProcess;
  /** What it wrote so far, both streams. */
  log(): string;
  /** Ends it with that signal and waits. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Starts a server that dies with us, whatever happens to us, as the database account where we are root. */
export function startDaemon(program: string, args: readonly string[], folder: string): Daemon {
  const [command, ...rest] = [...asAccount("TERM"), program, ...args];
  const child = spawn(command!, rest, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  const keep = (chunk: Buffer) => {
    log += chunk.toString();
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  child.on("error", (error) => keep(Buffer.from(String(error))));
  return {
    process: child,
    log: () => log,
    end: async (signal) => {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill(signal);
      await gone;
    },
  };
}

/** Runs a program to its end as the database account; throws with its output where it fails. */
export function runAsAccount(program: string, args: readonly string[], folder: string): void {
  const [command, ...rest] = [...asAccount("KILL"), program, ...args];
  execFileSync(command!, rest, { cwd: folder, stdio: "pipe" });
}

/** A loopback port that is free now, below the range the kernel hands out for outgoing connections. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!free) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

function asAccount(deathSignal: string): readonly string[] {
  const setpriv = onPath("setpriv");
  if (!setpriv) return [];
  const user = account ? ["--reuid", account, "--regid", account, "--clear-groups"] : [];
  return [setpriv, ...user, "--pdeathsig", deathSignal];
}
