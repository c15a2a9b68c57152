import { expect } from "vitest";
import { act, prove } from "./proof.ts";
import type { Stage } from "./stage.ts";

const terminate = `select count(pg_terminate_backend(pid))::int as ended from pg_stat_activity
  where datname = current_database() and application_name = 'orders-api'`;

/** How long to wait, in milliseconds, for an end that must come, and for one that must not. */
const crash = 8_000;
const survival = 1_000;

prove(
  "require-pool-error-handler",
  act({
    example: "example's process ends when PgBouncer closes an idle client",
    fixed: "fixed example lives on and connects again",
    modes: ["transaction"],
    settings: { client_idle_timeout: 1 },
    play: (stage, side) => playAround(stage, side === "example" ? crash : survival, () => stage.noClients()),
    fault: (seen) => {
      expect(seen.exit?.code).toBe(1);
      expect(seen.exit?.printed).toContain("Emitted 'error' event on BoundPool instance");
      expect(seen.exit?.printed).toContain("client_idle_timeout");
    },
    mended: (seen) => {
      expect(seen.exit).toBeUndefined();
      expect(seen.after?.kind).toBe("value");
    },
  }),
  act({
    example: "example's process ends when PgBouncer is started anew",
    fixed: "fixed example lives on when PgBouncer is started anew",
    modes: ["transaction", "session"],
    play: (stage, side) => playAround(stage, side === "example" ? crash : survival, () => stage.restartBouncer()),
    fault: (seen) => {
      expect(seen.exit?.code).toBe(1);
      expect(seen.exit?.printed).toContain("Emitted 'error' event on BoundPool instance");
    },
    mended: (seen) => {
      expect(seen.exit).toBeUndefined();
      expect(seen.after?.kind).toBe("value");
    },
  }),
  act({
    example: "example's process ends when the server that its idle client holds in session mode is ended",
    fixed: "fixed example lives on when its server is ended",
    modes: ["session"],
    play: (stage, side) => playAround(stage, side === "example" ? crash : survival, () => stage.truth(terminate)),
    fault: (seen) => {
      expect(seen.exit?.code).toBe(1);
      expect(seen.exit?.printed).toContain("Emitted 'error' event on BoundPool instance");
    },
    mended: (seen) => {
      expect(seen.exit).toBeUndefined();
      expect(seen.after?.kind).toBe("value");
    },
  }),
  act({
    example: "example does not notice that an idle server is ended in transaction mode",
    fixed: "fixed example does not notice it either",
    modes: ["transaction"],
    play: (stage) => playAround(stage, survival, () => stage.truth(terminate)),
    fault: (seen) => {
      expect(seen.exit).toBeUndefined();
      expect(seen.after?.kind).toBe("value");
    },
    mended: (seen) => {
      expect(seen.exit).toBeUndefined();
      expect(seen.after?.kind).toBe("value");
    },
  }),
);

/** Uses the pool, lets something happen while it is idle, and uses it again where there still is a process. */
async function playAround(stage: Stage, patience: number, happens: () => Promise<unknown>) {
  const app = await stage.application("app");
  await app.call("listOrders");
  await happens();
  const exit = await app.exit(patience);
  const after = exit === undefined ? await app.call("listOrders") : undefined;
  return { exit, after };
}
