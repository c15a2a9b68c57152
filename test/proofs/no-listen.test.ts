import { expect } from "vitest";
import { act, prove } from "./proof.ts";
import type { Stage } from "./stage.ts";

const applications = { example: "listen.mjs", fixed: "listen.mjs" };
const channels = "select pg_listening_channels() as channel";

prove(
  "no-listen",
  act({
    example: "example hears nothing, and the server listens for its next client",
    modes: ["transaction"],
    settings: { default_pool_size: 1 },
    applications,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("watch");
      const stranger = await stage.stranger("stranger");
      const listens = await stranger.ask(channels);
      await stranger.ask("select pg_notify('new_orders', 'book') as sent");
      return { listens, order: await app.within(silence).call("nextOrder") };
    },
    fault: (seen) => {
      expect(seen.listens).toEqual({ kind: "value", value: [{ channel: "new_orders" }] });
      expect(seen.order.kind).toBe("silence");
    },
  }),
  act({
    example: "example hears of the order in session mode",
    modes: ["session"],
    applications,
    play: hearOrder,
    fault: (seen) => {
      expect(seen.order).toEqual({ kind: "value", value: "book" });
    },
  }),
  act({
    example: "example hears of the order through an entry of [databases] in session mode",
    modes: ["transaction"],
    database: { pool_mode: "session" },
    applications,
    play: hearOrder,
    fault: (seen) => {
      expect(seen.order).toEqual({ kind: "value", value: "book" });
    },
  }),
  act({
    example: "`LISTEN` is refused in no mode, also not in statement mode, where nothing is heard either",
    modes: ["statement"],
    settings: { default_pool_size: 1 },
    applications,
    play: async (stage) => {
      const app = await stage.application("app");
      const watch = await app.call("watch");
      await (await stage.stranger("stranger")).ask("select pg_notify('new_orders', 'book') as sent");
      return { watch, order: await app.within(silence).call("nextOrder") };
    },
    fault: (seen) => {
      expect(seen.watch.kind).toBe("value");
      expect(seen.order.kind).toBe("silence");
    },
  }),
);

/** How long to wait, in milliseconds, for what must not come; the server that listens has been asked before that. */
const silence = 2_000;

async function hearOrder(stage: Stage) {
  const app = await stage.application("app");
  await app.call("watch");
  await (await stage.stranger("stranger")).ask("select pg_notify('new_orders', 'book') as sent");
  return { order: await app.call("nextOrder") };
}
