import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BouncerProgram } from "./bouncer-programs.ts";
import { type Connection, connect, type Row } from "./client.ts";
import { account, type Daemon, freePort, startDaemon } from "./daemon.ts";
import { openFolder } from "./programs.ts";

/** Keys of the `[pgbouncer]` section beyond the ones that every case has. */
export type Settings = Readonly<Record<string, string | number>>;

/** A PgBouncer of one case. */
export interface Bouncer {
  readonly port: number;
  /** Rows of a command on the admin console, such as `SHOW CLIENTS`. */
  admin(command: string): Promise<readonly Row[]>;
  /** Ends it and starts it again with the same settings on the same port. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

/** Starts a PgBouncer on loopback in front of the PostgreSQL at that port. */
export async function startBouncer(
  program: BouncerProgram,
  runFolder: string,
  postgresPort: number,
  settings: Settings,
): Promise<Bouncer> {
  const folder = openFolder(mkdtempSync(join(runFolder, "bouncer-")));
  const port = await freePort();
  const users = join(folder, "users.txt");
  writeFileSync(users, '"app" ""\n"postgres" ""\n', { mode: 0o644 });
  const all: Settings = {
    listen_addr: "127.0.0.1",
    listen_port: port,
    unix_socket_dir: "",
    auth_type: "trust",
    auth_file: users,
    admin_users: "postgres",
    ...settings,
  };
  const lines = Object.entries(all).map(([key, value]) => `${key} = ${value}`);
  const ini = join(folder, "pgbouncer.ini");
  const text = `[databases]\n* = host=127.0.0.1 port=${postgresPort}\n\n[pgbouncer]\n${lines.join("\n")}\n`;
  writeFileSync(ini, text, { mode: 0o644 });
  if (account) execFileSync("chown", ["-R", account, folder]);

  const [command, ...args] = program.command;
  const start = () => startDaemon(command!, [...args, ini], folder);
  let daemon = start();
  let console = await openConsole(daemon, port);
  const stop = async () => {
    await console.end().catch(() => {});
    // From 1.23 SIGTERM waits for every client to leave.
    await daemon.end("SIGKILL");
  };
  return {
    port,
    admin: (text) => console.query(text),
    restart: async () => {
      await stop();
      daemon = start();
      console = await openConsole(daemon, port);
    },
    end: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openConsole(daemon: Daemon, port: number): Promise<Connection> {
  const address = { port, user: "postgres", database: "pgbouncer", application_name: "console" };
  for (;;) {
    if (daemon.process.exitCode !== null) throw new Error(`PgBouncer did not start:\n${daemon.log()}`);
    await sleep(15);
    const console = await connect(address).catch(() => undefined);
    if (console) return console;
  }
}
