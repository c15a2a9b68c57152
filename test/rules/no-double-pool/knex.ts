import createKnex, { knex, type Knex } from "knex";

const connection = { connectionString: process.env.DATABASE_URL, application_name: "orders-api" };

export const byDefault = createKnex({ client: "pg", connection }); // want information "keeps 2 connections open for ever by default"

export const floor = knex({
  client: "pg",
  connection,
  pool: { min: 2, max: 10 }, // want information "`min: 2` keeps 2 connections"
});

const config: Knex.Config = {
  client: "postgresql",
  connection,
  pool: {
    min: 1, // want information "`min: 1` keeps 1 connection open for ever"
    max: 5,
    idleTimeoutMillis: 1000,
  },
};

export const fromConfig = knex(config);

export const fine = knex({ client: "pg", connection, pool: { min: 0, max: 10 } });

export const none = knex({ client: "pg", connection, pool: { min: 0, max: 10, idleTimeoutMillis: 1, reapIntervalMillis: 1 } });
