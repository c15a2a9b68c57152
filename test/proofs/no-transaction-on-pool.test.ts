import { expect } from "vitest";
import { act, prove } from "./proof.ts";

prove(
  "no-transaction-on-pool",
  act({
    example: "example mixes two requests in one transaction, and a row that was confirmed is lost",
    fixed: "fixed example keeps each request's transaction to itself",
    modes: ["transaction", "session"],
    play: async (stage) => {
      const app = await stage.application("app");
      const [transfer, order] = await app.together(["transfer", 1, 2, 1000], ["placeOrder", "book"]);
      const rows = await stage.truth("select item from orders");
      return { transfer, order, rows };
    },
    fault: (seen) => {
      expect(seen.transfer).toMatchObject({ kind: "error", message: "not enough money" });
      expect(seen.order?.kind).toBe("value");
      expect(seen.rows).toEqual([]);
    },
    mended: (seen) => {
      expect(seen.transfer).toMatchObject({ kind: "error", message: "not enough money" });
      expect(seen.order?.kind).toBe("value");
      expect(seen.rows).toEqual([{ item: "book" }]);
    },
  }),
);
