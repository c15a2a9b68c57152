import { expect } from "vitest";
import { act, prove } from "./proof.ts";

const applications = { example: "oversized.mjs", fixed: "oversized.mjs" };
const libraries = { example: "libraries.mjs", fixed: "libraries.mjs" };

prove(
  "no-oversized-pool",
  act({
    example: "example's pools open connections until PgBouncer takes no more",
    modes: ["transaction"],
    settings: { max_client_conn: 60 },
    applications,
    play: async (stage) => (await stage.application("app")).call("fill"),
    fault: (seen) => {
      // One of the 60 is the console.
      const because = ["no more connections allowed (max_client_conn)"];
      expect(seen).toEqual({ kind: "value", value: { opened: 59, refused: 11, because } });
    },
  }),
  act({
    example: "example's pools get every connection where max_client_conn has room for them",
    modes: ["transaction"],
    settings: { max_client_conn: 80 },
    applications,
    play: async (stage) => (await stage.application("app")).call("fill"),
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: { opened: 70, refused: 0, because: [] } });
    },
  }),
  act({
    example: "clients beyond default_pool_size wait, and fail when they have waited for query_wait_timeout",
    fixed: "a pool no larger than default_pool_size lets none of its clients wait",
    modes: ["session"],
    settings: { default_pool_size: 2, query_wait_timeout: 1 },
    applications: libraries,
    play: async (stage, side) => {
      const app = await stage.application("app");
      await app.call("open", "node-postgres", { max: side === "example" ? 5 : 2 }, {});
      return app.together(...Array.from({ length: 5 }, () => ["ask", "select 1 as one"] as const));
    },
    fault: (seen) => {
      const failed = seen.filter((answer) => answer.kind === "error");
      expect(failed).toHaveLength(3);
      for (const answer of failed) expect(answer).toMatchObject({ code: "08P01", message: "query_wait_timeout" });
    },
    mended: (seen) => {
      for (const answer of seen) expect(answer.kind).toBe("value");
    },
  }),
);
