import { expect } from "vitest";
import { act, prove } from "./proof.ts";

prove(
  "no-pool-per-request",
  act({
    example: "example opens clients until PgBouncer takes no more",
    fixed: "fixed example serves the same requests over one client",
    modes: ["transaction"],
    settings: { max_client_conn: 25 },
    play: async (stage) => {
      const app = await stage.application("app");
      const answers = await app.repeat(30, "listOrders");
      const clients = await stage.clients();
      return { answers, clients, printed: await app.printed(500) };
    },
    fault: (seen) => {
      // One of the 25 is the console.
      expect(seen.clients).toHaveLength(24);
      const refused = seen.answers.filter((answer) => answer.kind === "error");
      expect(refused).toHaveLength(6);
      for (const answer of refused) {
        expect(answer).toMatchObject({ code: "08P01", message: "no more connections allowed (max_client_conn)" });
      }
    },
    mended: (seen) => {
      expect(seen.answers.every((answer) => answer.kind === "value")).toBe(true);
      expect(seen.clients.length).toBeLessThanOrEqual(1);
      // A listener added by each request would make node warn.
      expect(seen.printed).toBe("");
    },
  }),
  act({
    example: "example takes one server a request and soon waits for its own",
    fixed: "fixed example needs one server",
    modes: ["session"],
    settings: { default_pool_size: 5, query_wait_timeout: 2 },
    play: async (stage) => {
      const app = await stage.application("app");
      const answers = await app.repeat(6, "listOrders");
      return { answers, servers: await stage.servers() };
    },
    fault: (seen) => {
      expect(seen.servers).toHaveLength(5);
      expect(seen.answers.at(-1)).toMatchObject({ kind: "error", code: "08P01", message: "query_wait_timeout" });
    },
    mended: (seen) => {
      expect(seen.answers.every((answer) => answer.kind === "value")).toBe(true);
      expect(seen.servers).toHaveLength(1);
    },
  }),
);
