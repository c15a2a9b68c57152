import { expect } from "vitest";
import { act, prove } from "./proof.ts";

/** Libraries with a transaction that the caller must end, as `applications/transactions.mjs` begins it. */
const forms = {
  "postgres.js": "`reserve()` with BEGIN",
  Knex: "`await knex.transaction()`",
  Sequelize: "`await sequelize.transaction()`",
  TypeORM: "`queryRunner.startTransaction()`",
  Kysely: "`startTransaction().execute()`",
  "pg-promise": "`db.connect()` with BEGIN",
  MikroORM: "`em.begin()`",
} as const;

const applications = { example: "transactions.mjs", fixed: "transactions.mjs" };

prove(
  "library-transactions",
  ...Object.entries(forms).map(([library, form]) =>
    act({
      example: `${library}'s ${form} leaves the server idle in transaction when the work fails`,
      fixed: `${library}'s callback form rolls back when the work fails`,
      modes: ["transaction"],
      settings: { default_pool_size: 1, query_wait_timeout: 2 },
      applications,
      play: async (stage, side) => {
        const app = await stage.application("app");
        const failure = await app.call(side === "example" ? "begun" : "managed", library);
        const activity = await stage.activity();
        const stranger = await (await stage.stranger("stranger")).ask("select balance from accounts where id = 2");
        return { failure, activity, stranger };
      },
      fault: (seen) => {
        expect(seen.failure).toMatchObject({ kind: "error", message: "not enough money" });
        expect(seen.activity).toEqual([{ state: "idle in transaction", application_name: "orders-api" }]);
        expect(seen.stranger).toMatchObject({ kind: "error", code: "08P01", message: "query_wait_timeout" });
      },
      mended: (seen) => {
        expect(seen.failure).toMatchObject({ kind: "error", message: "not enough money" });
        expect(seen.activity).toEqual([{ state: "idle", application_name: "orders-api" }]);
        expect(seen.stranger).toMatchObject({ kind: "value", value: [{ balance: 100 }] });
      },
    }),
  ),
);
