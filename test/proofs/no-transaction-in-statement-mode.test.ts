import { expect } from "vitest";
import { act, prove } from "./proof.ts";

const refused = "transaction blocks not allowed in statement pooling mode";
const count = "select count(*)::int as orders from orders";

prove(
  "no-transaction-in-statement-mode",
  act({
    example: "example's process ends in statement mode, because its client is disconnected while it holds it",
    modes: ["statement"],
    play: async (stage) => {
      const app = await stage.application("app");
      return app.call("moveOrder", 1);
    },
    fault: (seen) => {
      expect(seen).toEqual({ kind: "gone", code: 1 });
    },
  }),
  act({
    example: "`BEGIN` is refused in statement mode, and the client is disconnected",
    modes: ["statement"],
    play: async (stage) => {
      const stranger = await stage.stranger("stranger");
      const begin = await stranger.ask("BEGIN");
      await stage.noClients();
      return [begin, await stranger.ask("select 1 as one")];
    },
    fault: ([begin, next]) => {
      expect(begin).toMatchObject({ kind: "error", code: "08P01", message: refused });
      expect(next?.kind).toBe("error");
    },
  }),
  act({
    example: "example moves its order in the other modes",
    modes: ["transaction", "session"],
    play: async (stage) => {
      await stage.truth("insert into orders (item) values ('book')");
      const app = await stage.application("app");
      const moved = await app.call("moveOrder", 1);
      return { moved, rows: await stage.truth("select status from orders") };
    },
    fault: (seen) => {
      expect(seen.moved.kind).toBe("value");
      expect(seen.rows).toEqual([{ status: "moved" }]);
    },
  }),
  act({
    example: "example moves its order where the entry of [databases] has another mode",
    modes: ["statement"],
    database: { pool_mode: "transaction" },
    play: async (stage) => {
      await stage.truth("insert into orders (item) values ('book')");
      const app = await stage.application("app");
      const moved = await app.call("moveOrder", 1);
      return { moved, rows: await stage.truth("select status from orders") };
    },
    fault: (seen) => {
      expect(seen.moved.kind).toBe("value");
      expect(seen.rows).toEqual([{ status: "moved" }]);
    },
  }),
);

/** What each library does in a transaction of its own, and what it does in one statement. */
const ways = {
  Sequelize: { refused: "findOrCreate", taken: "create" },
  TypeORM: { refused: "save", taken: "save without a transaction" },
  MikroORM: { refused: "flush", taken: "flush without implicitTransactions" },
  Knex: { refused: "transaction", taken: "insert" },
  Kysely: { refused: "transaction", taken: "insertInto" },
  "Drizzle (node-postgres)": { refused: "transaction", taken: "insert" },
  "postgres.js": { refused: "begin", taken: "sql" },
  "pg-promise": { refused: "tx", taken: "none" },
} as const;

prove(
  "implicit-transactions",
  ...Object.entries(ways).map(([library, way]) =>
    act({
      example: `${library}'s \`${way.refused}\` is refused in statement mode`,
      fixed: `${library}'s \`${way.taken}\` is one statement, and taken`,
      modes: ["statement"],
      versions: "oldest",
      applications: { example: "statement-mode.mjs", fixed: "statement-mode.mjs" },
      play: async (stage, side) => {
        const app = await stage.application("app");
        const ordered = await app.call("order", library, side === "example" ? way.refused : way.taken);
        return { ordered, rows: await stage.truth(count) };
      },
      fault: (seen) => {
        expect(seen.ordered.kind).not.toBe("value");
        expect(seen.rows).toEqual([{ orders: 0 }]);
      },
      mended: (seen) => {
        expect(seen.ordered.kind).toBe("value");
        expect(seen.rows).toEqual([{ orders: 1 }]);
      },
    }),
  ),
);
