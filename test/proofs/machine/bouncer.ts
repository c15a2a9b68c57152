import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BouncerProgram } from "./bouncer-programs.ts";
import { type Connection, connect, type Row } from "./client.ts";
import { account, freePort, startDaemon } from "./daemon.ts";
import { openFolder } from "./programs.ts";

/** Keys of the `[pgbouncer]` section beyond the ones that every case has. */
export type Settings = Readonly<Record<string, string | number>>;

/** A PgBouncer of one case. */
export interface Bouncer {
  readonly port: number;
  /** Rows of a command on the admin console, such as `SHOW CLIENTS`. */
  admin(command: string): Promise<readonly Row[]>;
  log(): string;
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
  const daemon = startDaemon(command!, [...args, ini], folder);
  let console: Connection | undefined;
  const end = async () => {
    await console?.end().catch(() => {});
    // From 1.23 SIGTERM waits for every client to leave.
    await daemon.end("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  while (!console) {
    if (daemon.process.exitCode !== null)
      throw new Error(`PgBouncer ${program.version} did not start:\n${daemon.log()}`);
    await sleep(15);
    console = await connect({ port, user: "postgres", database: "pgbouncer", application_name: "console" }).catch(
      () => undefined,
    );
  }
  const open = console;
  return { port, admin: (text) => open.query(text), log: daemon.log, end };
}
