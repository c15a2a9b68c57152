import { expect } from "vitest";
import type { Call } from "./machine/application.ts";
import { act, prove } from "./proof.ts";
import type { Stage } from "./stage.ts";

const locks = `select count(*)::int as locks from pg_locks
  where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`;
const applications = { example: "migrate.mjs", fixed: "migrate.mended.mjs" };
const kysely = { example: "kysely-migrator.mjs", fixed: "kysely-migrator.mjs" };

prove(
  "no-migration-through-pooler",
  act({
    example: "example's lock stays behind on a server, and no other run gets it",
    fixed: "fixed example's lock ends with its run, and keeps others out until then",
    modes: ["transaction"],
    settings: { default_pool_size: 2 },
    applications,
    play: (stage, side) => (side === "example" ? loseServer(stage, ["migrate"]) : migrateTwice(stage)),
    fault: (seen) => {
      expect(seen.first?.kind).toBe("value");
      expect(seen.locks).toEqual([{ locks: 1 }]);
      expect(seen.second).toMatchObject({ kind: "error", message: alreadyRuns });
    },
    mended: (seen) => {
      expect(seen.first?.kind).toBe("value");
      expect(seen.second).toMatchObject({ kind: "error", message: alreadyRuns });
      expect(seen.locks).toEqual([{ locks: 0 }]);
    },
  }),
  act({
    example: "example's lock ends with its run in session mode, and keeps others out until then",
    modes: ["session"],
    applications,
    play: migrateTwice,
    fault: (seen) => {
      expect(seen.first?.kind).toBe("value");
      expect(seen.second).toMatchObject({ kind: "error", message: alreadyRuns });
      expect(seen.locks).toEqual([{ locks: 0 }]);
    },
  }),
  act({
    example: "Kysely's Migrator leaves its lock behind, and the next run waits for ever",
    fixed: "Kysely's Migrator leaves no lock behind when it goes past PgBouncer",
    modes: ["transaction"],
    settings: { default_pool_size: 2 },
    applications: kysely,
    play: async (stage, side) => {
      if (side === "example") return loseServer(stage, ["migrate", "DATABASE_URL"]);
      const app = await stage.application("app");
      const first = await app.call("migrate", "DIRECT_URL");
      return { first, locks: await stage.truth(locks), second: await app.call("migrate", "DIRECT_URL") };
    },
    fault: (seen) => {
      expect(seen.first?.kind).toBe("value");
      expect(seen.locks).toEqual([{ locks: 1 }]);
      expect(seen.second.kind).toBe("silence");
    },
    mended: (seen) => {
      expect(seen.first?.kind).toBe("value");
      expect(seen.locks).toEqual([{ locks: 0 }]);
      expect(seen.second.kind).toBe("value");
    },
  }),
);

const alreadyRuns = expect.stringContaining("Another migration is already running");

/** Migrates while others use the servers, so that the run gets another one for its last statement. */
async function loseServer(stage: Stage, migrate: Call) {
  const other = await stage.stranger("other");
  const next = await stage.stranger("next");
  const lock = await stage.hold("lock table orders");
  const app = await stage.application("app 1");
  const run = app.begin(migrate);
  await lock.wanted();
  await other.ask("begin");
  const begun = next.ask("begin");
  await stage.waiting(1);
  await lock.letGo();
  await begun;
  await other.ask("commit");
  const [first] = await run.answers();
  const later = await stage.application("app 2");
  return { first, locks: await stage.truth(locks), second: await later.within(5_000).call(...migrate) };
}

/** A second run begins while the first is at work. */
async function migrateTwice(stage: Stage) {
  const lock = await stage.hold("lock table orders");
  const app = await stage.application("app 1");
  const run = app.begin(["migrate"]);
  await lock.wanted();
  const second = await (await stage.application("app 2")).call("migrate");
  await lock.letGo();
  const [first] = await run.answers();
  return { first, second, locks: await stage.truth(locks) };
}
