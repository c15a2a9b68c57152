import { expect } from "vitest";
import { act, prove } from "./proof.ts";

prove(
  "no-leaked-transaction",
  act({
    example: "example leaves the server idle in transaction",
    fixed: "fixed example gives the server back",
    modes: ["transaction", "session"],
    settings: { default_pool_size: 1, query_wait_timeout: 1 },
    play: async (stage) => {
      const orders = await stage.application("app");
      const failure = await orders.call("transfer", 1, 2, 1000);
      const servers = await stage.servers();
      const activity = await stage.activity();
      const stranger = await (await stage.stranger("stranger")).ask("select balance from accounts where id = 2");
      return { failure, servers, activity, stranger };
    },
    fault: (seen) => {
      expect(seen.failure).toMatchObject({ kind: "error", code: "23514" });
      expect(seen.servers).toEqual([{ state: "active", application_name: "orders-api", linked: "yes" }]);
      expect(seen.activity).toEqual([{ state: "idle in transaction (aborted)", application_name: "orders-api" }]);
      expect(seen.stranger).toMatchObject({ kind: "error", code: "08P01", message: "query_wait_timeout" });
    },
    mended: (seen, { mode }) => {
      expect(seen.failure).toMatchObject({ kind: "error", code: "23514" });
      expect(seen.activity).toEqual([{ state: "idle", application_name: "orders-api" }]);
      // In session mode the idle pooled client still owns its server; that is what no-double-pool is about.
      if (mode === "session") return;
      expect(seen.servers).toEqual([{ state: "idle", application_name: "orders-api", linked: "no" }]);
      expect(seen.stranger).toMatchObject({ kind: "value", value: [{ balance: 100 }] });
    },
  }),
);
