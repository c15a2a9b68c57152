import { expect } from "vitest";
import { act, prove } from "./proof.ts";

const locks = `select count(*)::int as locks from pg_locks
  where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`;
const tryLock = "select pg_try_advisory_lock(42) as mine";
const session = { example: "session.mjs", fixed: "session.mjs" };

prove(
  "no-session-lock",
  act({
    example: "example's lock is still held when its day failed and its process is gone",
    fixed: "fixed example's lock ends with its transaction",
    modes: ["transaction"],
    settings: { default_pool_size: 1 },
    play: async (stage) => {
      const app = await stage.application("app");
      const failure = await app.call("closeDay", "no day");
      await app.end();
      await stage.noClients();
      return { failure, locks: await stage.truth(locks) };
    },
    fault: (seen) => {
      expect(seen.failure).toMatchObject({ kind: "error", code: "22007" });
      expect(seen.locks).toEqual([{ locks: 1 }]);
    },
    mended: (seen) => {
      expect(seen.failure).toMatchObject({ kind: "error", code: "22007" });
      expect(seen.locks).toEqual([{ locks: 0 }]);
    },
  }),
  act({
    example: "example's lock ends with its client in session mode",
    modes: ["session"],
    settings: { default_pool_size: 1 },
    play: async (stage) => {
      const app = await stage.application("app");
      const failure = await app.call("closeDay", "no day");
      const held = await stage.truth(locks);
      await app.end();
      // Who gets the server next gets it after the reset query.
      const next = await (await stage.stranger("stranger")).ask("select 1 as one");
      return { failure, held, next, locks: await stage.truth(locks) };
    },
    fault: (seen) => {
      expect(seen.failure).toMatchObject({ kind: "error", code: "22007" });
      expect(seen.held).toEqual([{ locks: 1 }]);
      expect(seen.next.kind).toBe("value");
      expect(seen.locks).toEqual([{ locks: 0 }]);
    },
  }),
  act({
    example: "`pg_advisory_lock` keeps nobody out who gets the same server",
    modes: ["transaction", "statement"],
    settings: { default_pool_size: 1 },
    applications: session,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("ask", "select pg_advisory_lock(42)");
      return (await stage.stranger("stranger")).ask(tryLock);
    },
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ mine: true }] });
    },
  }),
  act({
    example: "`pg_advisory_lock` keeps others out in session mode",
    modes: ["session"],
    settings: { default_pool_size: 2 },
    applications: session,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("ask", "select pg_advisory_lock(42)");
      return (await stage.stranger("stranger")).ask(tryLock);
    },
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ mine: false }] });
    },
  }),
  act({
    example: "`pg_advisory_unlock` does not unlock where it reaches another server",
    modes: ["transaction"],
    settings: { default_pool_size: 2 },
    applications: session,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("ask", "select pg_advisory_lock(42)");
      const stranger = await stage.stranger("stranger");
      await stranger.ask("begin");
      const unlocked = await app.call("ask", "select pg_advisory_unlock(42) as unlocked");
      return { unlocked, locks: await stage.truth(locks) };
    },
    fault: (seen) => {
      expect(seen.unlocked).toEqual({ kind: "value", value: [{ unlocked: false }] });
      expect(seen.locks).toEqual([{ locks: 1 }]);
    },
  }),
  act({
    example: "`pg_advisory_xact_lock` outside a transaction is given up at once",
    modes: ["transaction", "session"],
    applications: session,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("ask", "select pg_advisory_xact_lock(42)");
      return stage.truth(locks);
    },
    fault: (seen) => {
      expect(seen).toEqual([{ locks: 0 }]);
    },
  }),
);
