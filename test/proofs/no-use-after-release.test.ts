import { expect } from "vitest";
import { act, prove } from "./proof.ts";

prove(
  "no-use-after-release",
  act({
    example: "example's late query fails when the released client was closed meanwhile",
    fixed: "fixed example asks the pool for a client that works",
    modes: ["transaction", "session"],
    play: async (stage) => {
      const web = await stage.payments();
      const app = await stage.application("app", { environment: { PAYMENTS_URL: web.url } });
      const pending = app.begin(["placeOrder", "book"]);
      await web.asked;
      await stage.restartBouncer();
      web.reply();
      const [order] = await pending.answers();
      const rows = await stage.truth("select item, status from orders");
      return { order, rows };
    },
    fault: (seen) => {
      expect(seen.order?.kind).toBe("error");
      expect(seen.rows).toEqual([{ item: "book", status: "new" }]);
    },
    mended: (seen) => {
      expect(seen.order?.kind).toBe("value");
      expect(seen.rows).toEqual([{ item: "book", status: "paid" }]);
    },
  }),
  act({
    example: "example beside a transfer writes into the transfer's transaction and loses the row with it",
    fixed: "fixed example beside a transfer writes through a client that is its own",
    modes: ["transaction", "session"],
    applications: { example: "use-after-release.mjs", fixed: "use-after-release.mended.mjs" },
    play: async (stage) => {
      const web = await stage.payments();
      const app = await stage.application("app", { environment: { PAYMENTS_URL: web.url } });
      const lock = await stage.hold("select * from accounts where id = 2 for update");
      const both = app.begin(["placeOrder", "book"], ["transfer", 1, 2, 1000]);
      await Promise.all([web.asked, lock.wanted()]);
      web.reply();
      await stage.wait(1_000);
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
