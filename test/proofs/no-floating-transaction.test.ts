import { expect } from "vitest";
import { act, prove } from "./proof.ts";

const applications = { example: "concurrent.mjs", fixed: "concurrent.mjs" };
const items = "select item from orders order by item";

/** How long to wait, in milliseconds, for the end of a process that must come, and of one that must not. */
const crash = 8_000;
const survival = 500;

prove(
  "no-floating-transaction",
  act({
    example: "example's process ends when the statement fails that nobody awaits, and its order is rolled back",
    fixed: "fixed example tells its caller that there is no book left",
    modes: ["transaction", "session"],
    play: async (stage, side) => {
      await stage.truth("update stock set count = 0");
      const app = await stage.application("app");
      const order = await app.call("placeOrder", "book");
      const exit = await app.exit(side === "example" ? crash : survival);
      return { order, exit, rows: await stage.truth(items) };
    },
    fault: (seen) => {
      expect(seen.order.kind).not.toBe("error");
      expect(seen.exit?.code).toBe(1);
      expect(seen.exit?.printed).toContain("stock_count_check");
      expect(seen.rows).toEqual([]);
    },
    mended: (seen) => {
      expect(seen.order).toMatchObject({ kind: "error", code: "23514" });
      expect(seen.exit).toBeUndefined();
      expect(seen.rows).toEqual([]);
    },
  }),
  act({
    example: "a transaction that nobody awaits is lost with the process, after its caller was thanked",
    fixed: "a transaction that is awaited is committed before its caller is thanked",
    modes: ["transaction", "session"],
    applications,
    play: async (stage, side) => {
      const lock = await stage.hold("lock table orders");
      const app = await stage.application("app");
      const order = app.begin(["orderInBackground", side === "example" ? "floating" : "awaited"]);
      await lock.wanted();
      const end = async () => {
        const [answer] = await order.answers();
        await app.end();
        await stage.noClients();
        return answer;
      };
      // Whoever was thanked may be gone: a deployment ends the process.
      const early = side === "example" ? await end() : undefined;
      await lock.letGo();
      const answer = early ?? (await end());
      return { answer, rows: await stage.truth(items) };
    },
    fault: (seen) => {
      expect(seen.answer).toEqual({ kind: "value", value: "thank you" });
      expect(seen.rows).toEqual([]);
    },
    mended: (seen) => {
      expect(seen.answer).toEqual({ kind: "value", value: "thank you" });
      expect(seen.rows).toEqual([{ item: "lamp" }]);
    },
  }),
);
