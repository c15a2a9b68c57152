import { expect } from "vitest";
import { act, prove } from "./proof.ts";

prove(
  "no-double-pool",
  act({
    example: "example keeps its clients for ever, and in session mode each keeps a server",
    fixed: "fixed example keeps no client",
    modes: ["transaction", "session"],
    settings: { default_pool_size: 2, query_wait_timeout: 2 },
    play: async (stage, side) => {
      const app = await stage.application("app");
      const lists = await app.together(["listOrders"], ["listOrders"]);
      // pg closes idle clients above `min` after 10 s by default.
      if (side === "example") await stage.wait(11_000);
      else await stage.noClients();
      const clients = await stage.clients();
      const held = await stage.heldServers();
      const stranger = await (await stage.stranger("stranger")).ask("select count(*)::int as orders from orders");
      return { lists, clients, held, stranger };
    },
    fault: (seen, { mode }) => {
      expect(seen.clients).toHaveLength(2);
      if (mode === "transaction") {
        expect(seen.held).toEqual([]);
        expect(seen.stranger.kind).toBe("value");
      } else {
        expect(seen.held).toHaveLength(2);
        expect(seen.stranger).toMatchObject({ kind: "error", code: "08P01", message: "query_wait_timeout" });
      }
    },
    mended: (seen) => {
      expect(seen.lists.map((list) => list.kind)).toEqual(["value", "value"]);
      expect(seen.clients).toEqual([]);
      expect(seen.held).toEqual([]);
      expect(seen.stranger.kind).toBe("value");
    },
  }),
);
