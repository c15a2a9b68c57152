import createKnex from "knex";

export const knex = createKnex({
  client: "pg",
  connection: { connectionString: process.env.DATABASE_URL, application_name: "orders-api" },
  pool: { min: 0, max: 10, idleTimeoutMillis: 10_000 },
});
