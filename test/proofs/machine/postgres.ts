import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "./client.ts";
import { account, freePort, runAsAccount, startDaemon } from "./daemon.ts";
import { openFolder, type PostgresPrograms } from "./programs.ts";

/** A private PostgreSQL on loopback with a data folder of its own. */
export interface Postgres {
  readonly port: number;
  /** "15.18", as the server says. */
  readonly version: string;
  /** Ends the server and removes its data. */
  end(): Promise<void>;
}

const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  max_connections: "400",
  shared_buffers: "32MB",
  logging_collector: "off",
  jit: "off",
  autovacuum: "off",
};

/** The tables that the examples of the rules work on. */
const schema = `
  create role app login;
  create database proofs owner app;
`;

const tables = `
  set role app;
  create table accounts (id int primary key, balance int not null check (balance >= 0));
  insert into accounts values (1, 100), (2, 100);
  create table orders (
    id bigint generated always as identity primary key,
    item text not null unique,
    status text not null default 'new',
    receipt text
  );
`;

/** Starts PostgreSQL and makes the template database `proofs`, from which each case gets a copy. */
export async function startPostgres(programs: PostgresPrograms, runFolder: string): Promise<Postgres> {
  const folder = openFolder(join(runFolder, "postgres"));
  const data = join(folder, "data");
  if (account) execFileSync("chown", [account, folder]);
  const initArgs = ["-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"];
  runAsAccount(programs.initdb, initArgs, folder);

  const port = await freePort();
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const daemon = startDaemon(programs.postgres, ["-D", data, "-p", String(port), ...options], folder);
  const end = async () => {
    await daemon.end("SIGQUIT");
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const version = await prepare(port, () => daemon.process.exitCode === null, daemon.log);
    return { port, version, end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function prepare(port: number, alive: () => boolean, log: () => string): Promise<string> {
  for (;;) {
    if (!alive()) throw new Error(`PostgreSQL did not start:\n${log()}`);
    const admin = await connect({ port, user: "postgres", database: "postgres" }).catch(() => undefined);
    if (!admin) {
      await sleep(50);
      continue;
    }
    for (const statement of schema.split(";").filter((part) => part.trim())) await admin.query(statement);
    const [row] = await admin.query("show server_version");
    await admin.end();
    const proofs = await connect({ port, user: "postgres", database: "proofs" });
    await proofs.query(tables);
    await proofs.end();
    return String(row?.server_version).split(" ")[0]!;
  }
}
