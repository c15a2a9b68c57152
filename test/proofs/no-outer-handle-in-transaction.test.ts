import { expect } from "vitest";
import { act, prove } from "./proof.ts";

/** Lets a second order of the same item fail at COMMIT, when everything else has been done. */
const failAtCommit = `alter table orders drop constraint orders_item_key,
  add unique (item) deferrable initially deferred; update stock set count = 5`;
const left = "select count from stock where item = 'book'";

prove(
  "no-outer-handle-in-transaction",
  act({
    example: "example takes a book from the stock for an order that was rolled back",
    fixed: "fixed example's stock is rolled back with its order",
    modes: ["transaction", "session"],
    play: async (stage) => {
      await stage.truth(failAtCommit);
      const app = await stage.application("app");
      const first = await app.call("placeOrder", "book");
      const second = await app.call("placeOrder", "book");
      return { first, second, left: await stage.truth(left) };
    },
    fault: (seen) => {
      expect(seen.first.kind).toBe("value");
      expect(seen.second).toMatchObject({ kind: "error", code: "23505" });
      expect(seen.left).toEqual([{ count: 3 }]);
    },
    mended: (seen) => {
      expect(seen.first.kind).toBe("value");
      expect(seen.second).toMatchObject({ kind: "error", code: "23505" });
      expect(seen.left).toEqual([{ count: 4 }]);
    },
  }),
  act({
    example: "example waits for a second server while it holds the only one",
    fixed: "fixed example needs one server",
    modes: ["transaction", "session"],
    settings: { default_pool_size: 1, query_wait_timeout: 2 },
    play: async (stage) => {
      const app = await stage.application("app");
      return { order: await app.call("placeOrder", "book"), rows: await stage.truth("select item from orders") };
    },
    fault: (seen) => {
      expect(seen.order).toMatchObject({ kind: "error", code: "08P01", message: "query_wait_timeout" });
      expect(seen.rows).toEqual([]);
    },
    mended: (seen) => {
      expect(seen.order.kind).toBe("value");
      expect(seen.rows).toEqual([{ item: "book" }]);
    },
  }),
);
