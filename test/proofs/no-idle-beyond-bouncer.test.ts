import { expect } from "vitest";
import { act, prove } from "./proof.ts";

prove(
  "no-idle-beyond-bouncer",
  act({
    example: "example's idle client is closed by PgBouncer",
    fixed: "fixed example closes its idle client first",
    modes: ["transaction"],
    settings: { client_idle_timeout: 5 },
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("listOrders");
      await stage.noClients();
      return { printed: await app.printed(1_000) };
    },
    fault: (seen) => {
      expect(seen.printed).toContain("client_idle_timeout");
    },
    mended: (seen) => {
      expect(seen.printed).toBe("");
    },
  }),
  act({
    example: "example's idle client is not closed in session mode, where it holds a server",
    fixed: "fixed example closes its idle client in session mode too",
    modes: ["session"],
    settings: { client_idle_timeout: 5 },
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("listOrders");
      await stage.wait(6500);
      const clients = await stage.clients();
      return { clients, printed: await app.printed(1_000) };
    },
    fault: (seen) => {
      expect(seen.clients).toHaveLength(1);
      expect(seen.printed).toBe("");
    },
    mended: (seen) => {
      expect(seen.clients).toEqual([]);
      expect(seen.printed).toBe("");
    },
  }),
);
