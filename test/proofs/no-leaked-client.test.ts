import { expect } from "vitest";
import { act, prove } from "./proof.ts";

/** One more than the example's pool holds. */
const times = 2;

prove(
  "no-leaked-client",
  act({
    example: "example loses a client with each failure until the pool is empty",
    fixed: "fixed example gives every client back",
    modes: ["transaction", "session"],
    play: async (stage) => {
      const app = await stage.application("app");
      const failures = await app.repeat(times, "share", 0);
      const clients = await stage.clients();
      const servers = await stage.servers();
      const next = await app.call("share", 5);
      return { failures, clients, servers, next };
    },
    fault: (seen, { mode }) => {
      expect(seen.clients.length).toBeGreaterThan(0);
      expect(seen.next.kind).not.toBe("value");
      const linked = seen.servers.filter((server) => server.linked === "yes").length;
      expect(linked).toBe(mode === "session" ? seen.clients.length : 0);
    },
    mended: (seen) => {
      expect(seen.failures).toHaveLength(times);
      for (const failure of seen.failures) expect(failure).toMatchObject({ kind: "error", code: "22012" });
      expect(seen.clients.length).toBeLessThanOrEqual(1);
      expect(seen.next).toEqual({ kind: "value", value: [{ share: 20 }] });
    },
  }),
);
