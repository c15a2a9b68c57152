import { expect } from "vitest";
import { act, prove } from "./proof.ts";

prove(
  "no-external-await-in-transaction",
  act({
    example: "example keeps a server while it waits for the web, and nobody else gets one",
    fixed: "fixed example holds no server while it waits for the web",
    modes: ["transaction"],
    settings: { default_pool_size: 1, query_wait_timeout: 2 },
    play: async (stage) => {
      const web = await stage.payments();
      const app = await stage.application("app", { environment: { PAYMENTS_URL: web.url } });
      const order = app.begin(["payOrder", "book"]);
      await web.asked;
      const activity = await stage.activity();
      const other = await (await stage.stranger("stranger")).ask("select count(*)::int as orders from orders");
      web.reply();
      const [paid] = await order.answers();
      return { activity, other, paid };
    },
    fault: (seen) => {
      expect(seen.activity).toEqual([{ state: "idle in transaction", application_name: "orders-api" }]);
      expect(seen.other).toMatchObject({ kind: "error", code: "08P01", message: "query_wait_timeout" });
      expect(seen.paid?.kind).toBe("value");
    },
    mended: (seen) => {
      expect(seen.activity.filter((session) => session.state !== "idle")).toEqual([]);
      expect(seen.other.kind).toBe("value");
      expect(seen.paid?.kind).toBe("value");
    },
  }),
  act({
    example: "example stays idle in transaction while it waits for the web",
    fixed: "fixed example has no transaction open while it waits for the web",
    modes: ["session"],
    play: async (stage) => {
      const web = await stage.payments();
      const app = await stage.application("app", { environment: { PAYMENTS_URL: web.url } });
      const order = app.begin(["payOrder", "book"]);
      await web.asked;
      const activity = await stage.activity();
      web.reply();
      const [paid] = await order.answers();
      return { activity, paid };
    },
    fault: (seen) => {
      expect(seen.activity).toEqual([{ state: "idle in transaction", application_name: "orders-api" }]);
      expect(seen.paid?.kind).toBe("value");
    },
    mended: (seen) => {
      expect(seen.activity.filter((session) => session.state !== "idle")).toEqual([]);
      expect(seen.paid?.kind).toBe("value");
    },
  }),
);
