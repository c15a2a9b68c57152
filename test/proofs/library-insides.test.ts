import { expect } from "vitest";
import { act, prove } from "./proof.ts";

/** What each library does with a query that comes when its transaction has ended. */
const libraries = {
  "node-postgres": { late: "kept" },
  "postgres.js": { late: "kept" },
  Knex: { late: "refused" },
  Sequelize: { late: "refused" },
  TypeORM: { late: "refused" },
  "Drizzle (node-postgres)": { late: "kept" },
  "Drizzle (postgres.js)": { late: "kept" },
  Kysely: { late: "refused" },
  Slonik: { late: "refused" },
  "pg-promise": { late: "refused" },
  MikroORM: { late: "refused" },
} as const;

const applications = { example: "inside.mjs", fixed: "inside.mjs" };
const items = "select item from orders order by item";

/** It refuses a pool's query inside a transaction by itself where it has a connection for it. */
const guarded = "Slonik";

prove(
  "outer-handles",
  ...Object.keys(libraries)
    .filter((library) => library !== guarded)
    .map((library) =>
      act({
        example: `${library}'s outer handle writes a row that stays when the transaction is rolled back`,
        fixed: `${library}'s own handle of the transaction writes a row that goes with it`,
        modes: ["transaction"],
        versions: "oldest",
        applications,
        play: async (stage, side) => {
          const app = await stage.application("app");
          await app.call("open", library, 2);
          const failure = await app.call("orderAndFail", side === "example" ? "outer" : "transaction");
          return { failure, rows: await stage.truth(items) };
        },
        fault: (seen) => {
          expect(seen.failure).toMatchObject({ kind: "error", message: "not enough money" });
          expect(seen.rows).toEqual([{ item: "book" }]);
        },
        mended: (seen) => {
          expect(seen.failure).toMatchObject({ kind: "error", message: "not enough money" });
          expect(seen.rows).toEqual([]);
        },
      }),
    ),
  act({
    example: `${guarded} refuses its pool's query inside a transaction`,
    modes: ["transaction"],
    versions: "oldest",
    applications,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("open", guarded, 2);
      return { answer: await app.call("orderTwo", "outer"), rows: await stage.truth(items) };
    },
    fault: (seen) => {
      expect(seen.answer).toMatchObject({
        kind: "error",
        message: "Cannot run a query inside a transaction using a foreign connection.",
      });
      expect(seen.rows).toEqual([]);
    },
  }),
  ...Object.keys(libraries).map((library) =>
    act({
      example: `${library}'s transaction waits for a second connection of a pool of one, which it holds itself`,
      fixed: `${library}'s transaction needs no second connection`,
      modes: ["transaction"],
      versions: "oldest",
      applications,
      play: async (stage, side) => {
        const app = await stage.application("app");
        await app.call("open", library, 1);
        const answer =
          side === "example"
            ? await app.within(silence).call("orderTwo", "outer")
            : await app.call("orderTwo", "transaction");
        const activity = await stage.activity();
        return { answer, activity, rows: await stage.truth(items) };
      },
      fault: (seen) => {
        expect(seen.answer.kind).toBe("silence");
        expect(seen.activity).toMatchObject([{ state: "idle in transaction" }]);
        expect(seen.rows).toEqual([]);
      },
      mended: (seen) => {
        expect(seen.answer.kind).toBe("value");
        expect(seen.activity).toMatchObject([{ state: "idle" }]);
        expect(seen.rows).toEqual([{ item: "book" }, { item: "lamp" }]);
      },
    }),
  ),
);

prove(
  "late-queries",
  ...Object.entries(libraries).map(([library, { late }]) =>
    act({
      example:
        late === "kept"
          ? `${library} commits a late query on its own, outside the transaction that it was for`
          : `${library} loses a late query: the transaction has been committed without it`,
      modes: ["transaction"],
      versions: "oldest",
      applications,
      play: async (stage) => {
        const web = await stage.payments();
        const app = await stage.application("app", { environment: { PAYMENTS_URL: web.url } });
        await app.call("open", library, 2);
        const order = await app.call("orderLate");
        web.reply();
        return { order, late: await app.within(silence).call("lateAnswer"), rows: await stage.truth(items) };
      },
      fault: (seen) => {
        expect(seen.order.kind).toBe("value");
        expect(seen.late.kind === "value").toBe(late === "kept");
        expect(seen.rows).toEqual(late === "kept" ? [{ item: "book" }, { item: "lamp" }] : [{ item: "book" }]);
      },
    }),
  ),
);

/** How long to wait, in milliseconds, for what must not come. */
const silence = 4_000;
