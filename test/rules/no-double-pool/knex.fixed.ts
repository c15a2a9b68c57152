import createKnex, { knex, type Knex } from "knex";

const connection = { connectionString: process.env.DATABASE_URL, application_name: "orders-api" };

export const byDefault = createKnex({ client: "pg", connection, pool: { min: 0, idleTimeoutMillis: 1, reapIntervalMillis: 1 } });

export const floor = knex({
  client: "pg",
  connection,
  pool: { min: 0, max: 10, idleTimeoutMillis: 1, reapIntervalMillis: 1 },
});

const config: Knex.Config = {
  client: "postgresql",
  connection,
  pool: {
    min: 0,
    max: 5,
    idleTimeoutMillis: 1,
    reapIntervalMillis: 1,
  },
};

export const fromConfig = knex(config);

export const fine = knex({ client: "pg", connection, pool: { min: 0, max: 10 } });

export const none = knex({ client: "pg", connection, pool: { min: 0, max: 10, idleTimeoutMillis: 1, reapIntervalMillis: 1 } });
