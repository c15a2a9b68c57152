import { expect } from "vitest";
import { act, prove } from "./proof.ts";

const fetch = "fetch 1 from report";
const order = "insert into orders (item) values ('book')";

prove(
  "no-hold-cursor",
  act({
    example: "example's cursor is left to the server's next client, and its own next report fails",
    fixed: "fixed example's cursor ends with its transaction",
    modes: ["transaction"],
    settings: { default_pool_size: 1 },
    play: async (stage) => {
      await stage.truth(order);
      const app = await stage.application("app");
      const first = await app.call("openReport");
      const stranger = await (await stage.stranger("stranger")).ask("fetch backward 1 from report");
      return { first, stranger, second: await app.call("openReport") };
    },
    fault: (seen) => {
      expect(seen.first.kind).toBe("value");
      expect(seen.stranger).toMatchObject({ kind: "value", value: [{ item: "book" }] });
      expect(seen.second).toMatchObject({ kind: "error", code: "42P03" });
    },
    mended: (seen) => {
      expect(seen.first.kind).toBe("value");
      expect(seen.stranger).toMatchObject({ kind: "error", code: "34000" });
      expect(seen.second.kind).toBe("value");
    },
  }),
  act({
    example: "example's cursor is its own in session mode: the server is reset before its next client",
    modes: ["session"],
    settings: { default_pool_size: 1 },
    play: async (stage) => {
      await stage.truth(order);
      const app = await stage.application("app");
      const first = await app.call("openReport");
      await app.end();
      return { first, stranger: await (await stage.stranger("stranger")).ask(fetch) };
    },
    fault: (seen) => {
      expect(seen.first.kind).toBe("value");
      expect(seen.stranger).toMatchObject({ kind: "error", code: "34000" });
    },
  }),
  act({
    example: "rows of a cursor `WITH HOLD` go to a stranger, and its client does not find it on another server",
    modes: ["transaction"],
    settings: { default_pool_size: 2 },
    applications: { example: "session.mjs", fixed: "session.mjs" },
    play: async (stage) => {
      await stage.truth(order);
      const app = await stage.application("app");
      await app.call("ask", "DECLARE report CURSOR WITH HOLD FOR SELECT item FROM orders");
      const stranger = await stage.stranger("stranger");
      await stranger.ask("begin");
      const theirs = await stranger.ask(fetch);
      return { theirs, own: await app.call("ask", fetch) };
    },
    fault: (seen) => {
      expect(seen.theirs).toEqual({ kind: "value", value: [{ item: "book" }] });
      expect(seen.own).toMatchObject({ kind: "error", code: "34000" });
    },
  }),
);
