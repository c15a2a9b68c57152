import { expect } from "vitest";
import { act, prove } from "./proof.ts";

prove(
  "no-obsolete-pooler-flag",
  act({
    example: "with statements switched off each run is parsed anew, though PgBouncer would keep them",
    fixed: "with statements switched on the text is sent once, and each server that runs it gets it from PgBouncer",
    modes: ["transaction"],
    versions: { since: "1.21" },
    settings: { default_pool_size: 2, max_prepared_statements: 200 },
    applications: { example: "prepared.mjs", fixed: "prepared.mjs" },
    play: async (stage, side) => {
      const app = await stage.application("app");
      await app.call("open", "postgres.js", side === "example" ? "unnamed" : "named");
      const answers = [await app.call("stateOf", "book"), await app.call("stateOf", "book")];
      await (await stage.stranger("stranger")).ask("begin");
      answers.push(await app.call("stateOf", "book"));
      return { answers, parsed: app.parsed("from orders") };
    },
    fault: (seen) => {
      for (const answer of seen.answers) expect(answer.kind).toBe("value");
      expect(seen.parsed).toHaveLength(3);
    },
    mended: (seen) => {
      for (const answer of seen.answers) expect(answer.kind).toBe("value");
      expect(seen.parsed).toHaveLength(1);
    },
  }),
);
