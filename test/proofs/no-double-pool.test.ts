import { expect } from "vitest";
import { act, prove } from "./proof.ts";

prove(
  "no-double-pool",
  act({
    example: "example keeps idle clients, which pin servers in session mode alone",
    fixed: "fixed example keeps no client",
    modes: ["transaction", "session"],
    settings: { default_pool_size: 3, query_wait_timeout: 1 },
    play: async (stage) => {
      const app = await stage.application("app");
      const lists = await app.together(["listOrders"], ["listOrders"], ["listOrders"]);
      await stage.wait(500);
      const clients = await stage.clients();
      const servers = await stage.servers();
      const stranger = await (await stage.stranger("stranger")).ask("select count(*)::int as orders from orders");
      return { lists, clients, servers, stranger };
    },
    fault: (seen, { mode }) => {
      expect(seen.clients).toHaveLength(3);
      const linked = seen.servers.filter((server) => server.linked === "yes");
      if (mode === "transaction") {
        expect(linked).toEqual([]);
        expect(seen.stranger.kind).toBe("value");
      } else {
        expect(linked).toHaveLength(3);
        expect(seen.stranger).toMatchObject({ kind: "error", code: "08P01", message: "query_wait_timeout" });
      }
    },
    mended: (seen) => {
      expect(seen.lists.map((list) => list.kind)).toEqual(["value", "value", "value"]);
      expect(seen.clients).toEqual([]);
      expect(seen.stranger.kind).toBe("value");
    },
  }),
);
