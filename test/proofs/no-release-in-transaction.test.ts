import { expect } from "vitest";
import { act, prove } from "./proof.ts";

prove(
  "no-release-in-transaction",
  act({
    example: "example hands its open transaction to the next request, whose row is lost",
    fixed: "fixed example gives back a client without a transaction, and the next request's row stays",
    modes: ["transaction", "session"],
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("transfer", 1, 2, 1000);
      const activity = await stage.activity();
      const order = await app.call("placeOrder", "book");
      const rows = await stage.truth("select item from orders");
      return { activity, order, rows };
    },
    fault: (seen) => {
      expect(seen.activity).toEqual([{ state: "idle in transaction", application_name: "orders-api" }]);
      expect(seen.order.kind).toBe("value");
      expect(seen.rows).toEqual([]);
    },
    mended: (seen) => {
      expect(seen.activity).toEqual([{ state: "idle", application_name: "orders-api" }]);
      expect(seen.order.kind).toBe("value");
      expect(seen.rows).toEqual([{ item: "book" }]);
    },
  }),
);
