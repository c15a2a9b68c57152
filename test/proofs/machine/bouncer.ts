import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readVersion } from "../../../server/src/core/version.ts";
import { isKnownTo, type SectionName, settingNamed } from "../../../server/src/pgbouncer/index.ts";
import type { BouncerProgram } from "./bouncer-programs.ts";
import { type Connection, connect, type Row } from "./client.ts";
import { account, startDaemon, startOnFreePort } from "./daemon.ts";
import { openFolder } from "./programs.ts";

/** Keys and values of a section. */
export type Settings = Readonly<Record<string, string | number>>;

/** What a case's pgbouncer.ini says beyond what that of every case does. */
export interface Ini {
  /** Keys of the `[pgbouncer]` section. */
  readonly settings: Settings;
  /** Parameters of the one entry of `[databases]`. */
  readonly database: Settings;
}

/** The ini without what that version does not know, so that one proof serves every version. */
export function knownTo(version: string, { settings, database }: Ini): Ini {
  const only = (section: SectionName, all: Settings) =>
    Object.fromEntries(
      Object.entries(all).filter(([name]) => {
        const setting = settingNamed(section, name);
        return setting !== undefined && isKnownTo(setting, readVersion(version));
      }),
    );
  return { settings: only("pgbouncer", settings), database: only("databases", database) };
}

/** A PgBouncer of one case. */
export interface Bouncer {
  readonly port: number;
  /** Rows of a command on the admin console, such as `SHOW CLIENTS`. */
  admin(command: string): Promise<readonly Row[]>;
  /** Sends it SIGTERM and waits until it says so in its log. */
  terminate(): Promise<void>;
  /** Ends it and starts it again with the same settings on the same port. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

/** What PgBouncer writes once it listens. */
const ready = "process up";

/** Starts a PgBouncer on loopback in front of the PostgreSQL at that port. */
export async function startBouncer(
  program: BouncerProgram,
  runFolder: string,
  postgresPort: number,
  { settings, database }: Ini,
): Promise<Bouncer> {
  const folder = openFolder(mkdtempSync(join(runFolder, "bouncer-")));
  const users = join(folder, "users.txt");
  const ini = join(folder, "pgbouncer.ini");
  writeFileSync(users, '"app" ""\n"postgres" ""\n', { mode: 0o644 });
  const [command, ...args] = program.command;
  const start = (port: number) => {
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
    const entry = Object.entries({ host: "127.0.0.1", port: postgresPort, ...database });
    const parameters = entry.map(([key, value]) => `${key}=${value}`).join(" ");
    const text = `[databases]\n* = ${parameters}\n\n[pgbouncer]\n${lines.join("\n")}\n`;
    writeFileSync(ini, text, { mode: 0o644 });
    if (account) execFileSync("chown", ["-R", account, folder]);
    return startDaemon(command!, [...args, ini], folder);
  };
  const started = await startOnFreePort(start, ready);
  const { port } = started;
  let { daemon } = started;
  let console = await openConsole(port);
  const stop = async () => {
    await console.end().catch(() => {});
    // From 1.23 SIGTERM waits for every client to leave.
    await daemon.end("SIGKILL");
  };
  return {
    port,
    admin: (text) => console.query(text),
    terminate: async () => {
      daemon.process.kill("SIGTERM");
      await daemon.said("got SIGTERM");
    },
    restart: async () => {
      await stop();
      daemon = start(port);
      if (!(await daemon.said(ready))) throw new Error(`PgBouncer does not start again:\n${daemon.log()}`);
      console = await openConsole(port);
    },
    end: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function openConsole(port: number): Promise<Connection> {
  return connect({ port, user: "postgres", database: "pgbouncer", application_name: "console" });
}
