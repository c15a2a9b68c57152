import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { connect } from "./client.ts";
import { account, runAsAccount, startDaemon, startOnFreePort } from "./daemon.ts";
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

const databases = ["create role app login", "create database proofs owner app"];

/** The tables that the examples of the rules work on. */
const tables = `
  set role app;
  create table accounts (id int primary key, balance int not null check (balance >= 0));
  insert into accounts values (1, 100), (2, 100);
  create table orders (
    id bigint generated always as identity primary key,
    item text not null unique,
    status text not null default 'new',
    receipt text,
    day date
  );
  create table stock (item text primary key, count int not null check (count >= 0));
  insert into stock values ('book', 1), ('lamp', 1);
  create schema tenant_a;
  create table tenant_a.orders (id int primary key, item text not null);
`;

/** Starts PostgreSQL and makes the template database `proofs`, from which each case gets a copy. */
export async function startPostgres(programs: PostgresPrograms, runFolder: string): Promise<Postgres> {
  const folder = openFolder(join(runFolder, "postgres"));
  const data = join(folder, "data");
  if (account) execFileSync("chown", [account, folder]);
  const initArgs = ["-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"];
  runAsAccount(programs.initdb, initArgs, folder);

  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const { port, daemon } = await startOnFreePort(
    (port) => startDaemon(programs.postgres, ["-D", data, "-p", String(port), ...options], folder),
    "database system is ready to accept connections",
  );
  const end = async () => {
    await daemon.end("SIGQUIT");
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { port, version: await prepare(port), end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Makes the template database and says which version the server is. */
async function prepare(port: number): Promise<string> {
  const admin = await connect({ port, user: "postgres", database: "postgres" });
  for (const statement of databases) await admin.query(statement);
  const [row] = await admin.query("show server_version");
  await admin.end();
  const proofs = await connect({ port, user: "postgres", database: "proofs" });
  await proofs.query(tables);
  await proofs.end();
  return String(row?.server_version).split(" ")[0]!;
}
