import { expect } from "vitest";
import { payments } from "./payments.ts";
import { act, prove } from "./proof.ts";

prove(
  "no-use-after-release",
  act({
    example: "example writes into another request's transaction and loses the row with it",
    fixed: "mended example writes through a client that is its own",
    modes: ["transaction", "session"],
    environment: payments(400),
    play: async (stage) => {
      const app = await stage.application("app");
      const lock = await stage.hold("select * from accounts where id = 2 for update");
      const both = app.beginTogether(["placeOrder", "book"], ["transfer", 1, 2, 1000]);
      await stage.wait(1000);
      await lock.letGo();
      const [order, transfer] = await both.answers();
      const rows = await stage.truth("select item, status from orders");
      return { order, transfer, rows };
    },
    fault: (seen) => {
      expect(seen.order?.kind).toBe("value");
      expect(seen.transfer).toMatchObject({ kind: "error", message: "not enough money" });
      expect(seen.rows).toEqual([{ item: "book", status: "new" }]);
    },
    mended: (seen) => {
      expect(seen.order?.kind).toBe("value");
      expect(seen.transfer).toMatchObject({ kind: "error", message: "not enough money" });
      expect(seen.rows).toEqual([{ item: "book", status: "paid" }]);
    },
  }),
);
