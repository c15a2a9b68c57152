import { expect } from "vitest";
import { act, prove } from "./proof.ts";

prove(
  "no-leaked-transaction",
  act({
    example: "example leaves the server idle in transaction, and nobody else gets one",
    fixed: "fixed example gives the server back",
    modes: ["transaction"],
    settings: { default_pool_size: 1, query_wait_timeout: 2 },
    play: async (stage) => {
      const app = await stage.application("app");
      const failure = await app.call("transfer", 1, 2, 1000);
      const servers = await stage.servers();
      const activity = await stage.activity();
      const stranger = await (await stage.stranger("stranger")).ask("select balance from accounts where id = 2");
      return { failure, servers, activity, stranger };
    },
    fault: (seen) => {
      expect(seen.failure).toMatchObject({ kind: "error", message: "not enough money" });
      expect(seen.servers).toEqual([{ state: "active", application_name: "orders-api", linked: "yes" }]);
      expect(seen.activity).toEqual([{ state: "idle in transaction", application_name: "orders-api" }]);
      expect(seen.stranger).toMatchObject({ kind: "error", code: "08P01", message: "query_wait_timeout" });
    },
    mended: (seen) => {
      expect(seen.failure).toMatchObject({ kind: "error", message: "not enough money" });
      expect(seen.servers).toEqual([{ state: "idle", application_name: "orders-api", linked: "no" }]);
      expect(seen.activity).toEqual([{ state: "idle", application_name: "orders-api" }]);
      expect(seen.stranger).toMatchObject({ kind: "value", value: [{ balance: 100 }] });
    },
  }),
  act({
    example: "example keeps its row locks after it failed",
    fixed: "fixed example keeps no row lock",
    modes: ["transaction", "session"],
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("transfer", 1, 2, 1000);
      const activity = await stage.activity();
      const stranger = await stage.stranger("stranger");
      const row = await stranger.ask("select balance from accounts where id = 2 for update nowait");
      return { activity, row };
    },
    fault: (seen) => {
      expect(seen.activity).toEqual([{ state: "idle in transaction", application_name: "orders-api" }]);
      expect(seen.row).toMatchObject({ kind: "error", code: "55P03" });
    },
    mended: (seen) => {
      expect(seen.activity).toEqual([{ state: "idle", application_name: "orders-api" }]);
      expect(seen.row).toMatchObject({ kind: "value", value: [{ balance: 100 }] });
    },
  }),
);
