import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { type BouncerProgram, bouncerPrograms, wantedVersions } from "./machine/bouncer-programs.ts";
import { installDrivers } from "./machine/drivers.ts";
import { startPostgres } from "./machine/postgres.ts";
import { openFolder, postgresPrograms } from "./machine/programs.ts";

/** What every proof of a run shares: one PostgreSQL, the PgBouncer programs, a folder for temporary files. */
type Bench =
  | {
      readonly kind: "ready";
      readonly postgresPort: number;
      readonly runFolder: string;
      readonly bouncers: readonly BouncerProgram[];
      /** Wanted versions that cannot be had here, with the reason. */
      readonly missing: Readonly<Record<string, string>>;
    }
  | { readonly kind: "none"; readonly reason: string };

declare module "vitest" {
  interface ProvidedContext {
    readonly bench: Bench;
  }
}

/** Starts the bench before the first proof; the function returned ends it and says what was not proven. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const drivers = await installDrivers();
  if (drivers.kind === "missing") return without(project, drivers.reason);
  const programs = await postgresPrograms();
  if (programs.kind === "missing") return without(project, programs.reason);

  const runFolder = makeRunFolder();
  const versions = await bouncerPrograms(runFolder);
  const bouncers = [...versions.values()].flatMap((found) => (found.kind === "found" ? [found.value] : []));
  const missing = Object.fromEntries(
    [...versions].flatMap(([version, found]) => (found.kind === "missing" ? [[version, found.reason]] : [])),
  );
  const postgres = await startPostgres(programs.value, runFolder).catch((error: unknown) => {
    rmSync(runFolder, { recursive: true, force: true });
    throw error;
  });
  project.provide("bench", { kind: "ready", postgresPort: postgres.port, runFolder, bouncers, missing });
  return async () => {
    await postgres.end();
    rmSync(runFolder, { recursive: true, force: true });
    const proven = bouncers.map((program) => program.version).join(" and ");
    console.log(`proofs: on PostgreSQL ${postgres.version} and PgBouncer ${proven || "(none)"}`);
    for (const [version, reason] of Object.entries(missing))
      console.log(`proofs: skipped PgBouncer ${version}: ${reason}`);
  };
}

/** A folder for everything of this run; those of runs that were killed go. */
function makeRunFolder(): string {
  const prefix = "bouncer-safe-proofs-";
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split("-")[0]) : Number.NaN;
    if (pid && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
  return openFolder(mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`)));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of another user answers with EPERM, and lives.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function without(project: TestProject, reason: string): () => Promise<void> {
  project.provide("bench", { kind: "none", reason });
  return async () => {
    console.log(`proofs: skipped PgBouncer ${wantedVersions.join(" and ")}: ${reason}`);
  };
}
