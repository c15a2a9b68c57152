import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { onPath } from "./programs.ts";

/** The account that runs PostgreSQL and PgBouncer: neither starts as root. */
export const account = process.getuid?.() === 0 ? "postgres" : undefined;

/** A running server process, ended by its pid. */
export interface Daemon {
  readonly process: ChildProcess;
  /** What it wrote so far, both streams. */
  log(): string;
  /** Resolves with true once it wrote that text, with false where it ended before. */
  said(text: string): Promise<boolean>;
  /** Ends it with that signal and waits. */
  end(signal: NodeJS.Signals): Promise<void>;
}

const pollEvery = 10;

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
    said: async (text) => {
      while (!log.includes(text)) {
        if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return false;
        await sleep(pollEvery);
      }
      return true;
    },
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

/**
 * Starts a server on a free port; on another one where somebody took the first meanwhile.
 *
 * @param ready what the server writes when it listens: asking it by connecting could reach somebody else.
 */
export async function startOnFreePort(
  start: (port: number) => Daemon,
  ready: string,
): Promise<{ readonly port: number; readonly daemon: Daemon }> {
  let log = "";
  for (let tries = 0; tries < 5; tries++) {
    const port = await freePort();
    const daemon = start(port);
    if (await daemon.said(ready)) return { port, daemon };
    log = daemon.log();
  }
  throw new Error(`the server does not start:\n${log}`);
}

/** A loopback port that is free now, below the range the kernel hands out for outgoing connections. */
async function freePort(): Promise<number> {
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
