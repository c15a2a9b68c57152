import { execFile } from "node:child_process";
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A program the proofs run, or the reason why it cannot be had here. */
export type Found<T> =
  | { readonly kind: "found"; readonly value: T }
  | { readonly kind: "missing"; readonly reason: string };

/** Absolute paths of PostgreSQL's own programs. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
}

const isRoot = process.getuid?.() === 0;

/** Finds `initdb` and `postgres`; installs the system's package where root lacks them. */
export async function postgresPrograms(): Promise<Found<PostgresPrograms>> {
  return (
    locatePostgres() ??
    (await afterInstalling("postgresql", locatePostgres)) ?? { kind: "missing", reason: "PostgreSQL is not installed" }
  );
}

/** Finds the system's `pgbouncer`; installs the system's package where root lacks it. */
export async function systemBouncer(): Promise<string | undefined> {
  return onPath("pgbouncer") ?? (await afterInstalling("pgbouncer", () => onPath("pgbouncer")));
}

/** The first executable of that name on PATH or in the folders where daemons are kept. */
export function onPath(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function locatePostgres(): Found<PostgresPrograms> | undefined {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = versions.map((version) => join(root, version, "bin"));
  const initdb = folders.map((folder) => join(folder, "initdb")).find(isExecutable) ?? onPath("initdb");
  const postgres = folders.map((folder) => join(folder, "postgres")).find(isExecutable) ?? onPath("postgres");
  return initdb && postgres ? { kind: "found", value: { initdb, postgres } } : undefined;
}

async function afterInstalling<T>(name: string, locate: () => T | undefined): Promise<T | undefined> {
  if (!isRoot || !onPath("apt-get")) return undefined;
  // Debian's packages start their service when installed; a policy file that says no is their documented way out.
  const policy = "/usr/sbin/policy-rc.d";
  const ours = !existsSync(policy);
  if (ours) {
    writeFileSync(policy, "#!/bin/sh\nexit 101\n");
    chmodSync(policy, 0o755);
  }
  const install = () =>
    run("apt-get", ["install", "-y", "--no-install-recommends", name], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  try {
    await install().catch(async () => {
      await run("apt-get", ["update"]);
      await install();
    });
  } catch {
    return undefined;
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
  return locate();
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Makes a folder that the database user can enter. */
export function openFolder(path: string): string {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o755);
  return path;
}
