import { expect } from "vitest";
import { act, prove } from "./proof.ts";
import type { Stage } from "./stage.ts";

prove(
  "no-sql-prepare",
  act({
    example:
      "example's statement is unknown to the next server and taken on its own, whatever max_prepared_statements says",
    modes: ["transaction"],
    settings: { default_pool_size: 2, max_prepared_statements: 200 },
    play: async (stage) => {
      const first = await stage.application("app 1");
      const prepared = await first.call("prepareOnce");
      const second = await stage.application("app 2");
      const again = await second.call("prepareOnce");
      await (await stage.stranger("stranger")).ask("begin");
      return { prepared, again, found: await first.call("findOrder", 1) };
    },
    fault: (seen) => {
      expect(seen.prepared.kind).toBe("value");
      expect(seen.again).toMatchObject({ kind: "error", code: "42P05" });
      expect(seen.found).toMatchObject({ kind: "error", code: "26000" });
    },
  }),
  act({
    example: "example finds its statement in session mode",
    modes: ["session"],
    play: findInSession,
    fault: (seen) => {
      for (const answer of seen) expect(answer.kind).toBe("value");
    },
  }),
);

async function findInSession(stage: Stage) {
  const answers = [];
  for (const label of ["app 1", "app 2"]) {
    const app = await stage.application(label);
    answers.push(await app.call("prepareOnce"), await app.call("findOrder", 1));
  }
  return answers;
}
