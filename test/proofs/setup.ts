import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { type BouncerProgram, bouncerPrograms, wantedVersions } from "./machine/bouncer-programs.ts";
import { installDrivers } from "./machine/drivers.ts";
import { startPostgres } from "./machine/postgres.ts";
import { openFolder, postgresPrograms } from "./machine/programs.ts";

/** What every proof of a run shares: one PostgreSQL, the PgBouncer programs, a folder for temporary files. */
export type Bench =
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

  const runFolder = openFolder(mkdtempSync(join(tmpdir(), "bouncer-safe-proofs-")));
  const versions = await bouncerPrograms(runFolder);
  const bouncers = [...versions.values()].flatMap((found) => (found.kind === "found" ? [found.value] : []));
  const missing = Object.fromEntries(
    [...versions].flatMap(([version, found]) => (found.kind === "missing" ? [[version, found.reason]] : [])),
  );
  const postgres = await startPostgres(programs.value);
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

function without(project: TestProject, reason: string): () => Promise<void> {
  project.provide("bench", { kind: "none", reason });
  return async () => {
    console.log(`proofs: skipped PgBouncer ${wantedVersions.join(" and ")}: ${reason}`);
  };
}
