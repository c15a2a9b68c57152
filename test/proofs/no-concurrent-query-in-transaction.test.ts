import { expect } from "vitest";
import { act, prove } from "./proof.ts";

const applications = { example: "concurrent.mjs", fixed: "concurrent.mjs" };
const book = "insert into orders (item) values ('book')";
const items = "select item from orders order by item";

prove(
  "no-concurrent-query-in-transaction",
  act({
    example:
      "example's statements run one after another all the same, and node-postgres warns that it will refuse them",
    fixed: "fixed example's statements run one after another",
    modes: ["transaction", "session"],
    play: async (stage) => {
      const app = await stage.application("app");
      const order = await app.call("placeOrder", ["book", "lamp", "chair"]);
      return { order, printed: await app.printed(500) };
    },
    fault: (seen) => {
      expect(seen.order.kind).toBe("value");
      expect(seen.printed).toContain("already executing a query is deprecated");
    },
    mended: (seen) => {
      expect(seen.order.kind).toBe("value");
      expect(seen.printed).toBe("");
    },
  }),
  act({
    example: "what a sibling writes after ROLLBACK stays",
    fixed: "nothing is written after ROLLBACK where one follows the other",
    modes: ["transaction", "session"],
    applications,
    play: async (stage, side) => {
      await stage.truth(book);
      const web = await stage.payments();
      const app = await stage.application("app", { environment: { PAYMENTS_URL: web.url } });
      const order = await app.call("orderBoth", side === "example" ? "at once" : "one after the other");
      const before = await stage.truth(items);
      web.reply();
      const lamp = await app.call("lampAnswer");
      return { order, before, lamp, rows: await stage.truth(items) };
    },
    fault: (seen) => {
      expect(seen.order).toMatchObject({ kind: "error", code: "23505" });
      expect(seen.before).toEqual([{ item: "book" }]);
      expect(seen.lamp.kind).toBe("value");
      expect(seen.rows).toEqual([{ item: "book" }, { item: "lamp" }]);
    },
    mended: (seen) => {
      expect(seen.order).toMatchObject({ kind: "error", code: "23505" });
      expect(seen.rows).toEqual([{ item: "book" }]);
    },
  }),
  act({
    example: "COMMIT after `Promise.allSettled` answers ROLLBACK, and nobody is told",
    modes: ["transaction", "session"],
    applications,
    play: async (stage) => {
      await stage.truth(book);
      const app = await stage.application("app");
      return { order: await app.call("orderSettled"), rows: await stage.truth(items) };
    },
    fault: (seen) => {
      expect(seen.order).toEqual({ kind: "value", value: "ROLLBACK" });
      expect(seen.rows).toEqual([{ item: "book" }]);
    },
  }),
);
