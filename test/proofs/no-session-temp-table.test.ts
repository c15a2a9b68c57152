import { expect } from "vitest";
import { act, prove } from "./proof.ts";

const incoming = "select item from incoming";

prove(
  "no-session-temp-table",
  act({
    example: "example's table and its rows are there for the server's next client, and its own next import fails",
    fixed: "fixed example's table ends with its transaction",
    modes: ["transaction"],
    settings: { default_pool_size: 1 },
    play: async (stage) => {
      const app = await stage.application("app");
      const first = await app.call("importOrders", ["book"]);
      const stranger = await (await stage.stranger("stranger")).ask(incoming);
      return { first, stranger, second: await app.call("importOrders", ["lamp"]) };
    },
    fault: (seen) => {
      expect(seen.first.kind).toBe("value");
      expect(seen.stranger).toEqual({ kind: "value", value: [{ item: "book" }] });
      expect(seen.second).toMatchObject({ kind: "error", code: "42P07" });
    },
    mended: (seen) => {
      expect(seen.first.kind).toBe("value");
      expect(seen.stranger).toMatchObject({ kind: "error", code: "42P01" });
      expect(seen.second.kind).toBe("value");
    },
  }),
  act({
    example: "example's table is its own in session mode: the server is reset before its next client",
    modes: ["session"],
    settings: { default_pool_size: 1 },
    play: async (stage) => {
      const app = await stage.application("app");
      const first = await app.call("importOrders", ["book"]);
      await app.end();
      return { first, stranger: await (await stage.stranger("stranger")).ask(incoming) };
    },
    fault: (seen) => {
      expect(seen.first.kind).toBe("value");
      expect(seen.stranger).toMatchObject({ kind: "error", code: "42P01" });
    },
  }),
  act({
    example: "a temporary table is missing where its client gets another server",
    modes: ["transaction"],
    settings: { default_pool_size: 2 },
    applications: { example: "session.mjs", fixed: "session.mjs" },
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("ask", "CREATE TEMP TABLE incoming (item text)");
      await (await stage.stranger("stranger")).ask("begin");
      return app.call("ask", incoming);
    },
    fault: (seen) => {
      expect(seen).toMatchObject({ kind: "error", code: "42P01" });
    },
  }),
);
