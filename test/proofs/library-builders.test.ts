import { expect } from "vitest";
import { act, prove } from "./proof.ts";

const applications = { example: "builders.mjs", fixed: "builders.mjs" };
const balances = "select id, balance from accounts order by id";

prove(
  "library-builders",
  ...["Knex", "TypeORM"].map((library) =>
    act({
      example: `a builder of ${library} sends what it was told in a statement of its own`,
      modes: ["transaction"],
      versions: "oldest",
      applications,
      play: async (stage) => {
        const app = await stage.application("app");
        const answer = await app.call("grown", library);
        return { answer, rows: await stage.truth(balances) };
      },
      fault: (seen) => {
        expect(seen.answer.kind).toBe("value");
        expect(seen.rows).toEqual([
          { id: 1, balance: 100 },
          { id: 2, balance: 7 },
        ]);
      },
    }),
  ),
  ...["TypeORM", "Kysely"].map((library) =>
    act({
      example: `a query of ${library} that is awaited and not executed is never sent`,
      modes: ["transaction"],
      versions: "oldest",
      applications,
      play: async (stage) => {
        const app = await stage.application("app");
        const answer = await app.call("awaited", library);
        return { answer, rows: await stage.truth(balances) };
      },
      fault: (seen) => {
        expect(seen.answer.kind).toBe("value");
        expect(seen.rows).toEqual([
          { id: 1, balance: 100 },
          { id: 2, balance: 100 },
        ]);
      },
    }),
  ),
  act({
    example: "a runner of TypeORM takes no connection before its first statement",
    modes: ["transaction"],
    versions: "oldest",
    applications,
    play: async (stage) => {
      const app = await stage.application("app");
      return { answer: await app.call("unused", "TypeORM") };
    },
    fault: (seen) => {
      expect(seen.answer).toEqual({ kind: "value", value: { runners: 2, balance: 100 } });
    },
  }),
);
