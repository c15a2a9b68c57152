import createKnex from "knex";
import { CompiledQuery, Kysely, PostgresDialect } from "kysely";
import { MikroORM } from "@mikro-orm/postgresql";
import pgPromise from "pg-promise";
import { Pool, type PoolClient } from "pg";
import { pool } from "./db.ts";

pool.on("connect", (client) => { // related "runs for every new connection"
  client.query("SET search_path TO tenant_a").catch(console.error); // want error "`SET search_path` runs once on a server connection that other clients use next"
});

const settings = async (client: PoolClient) => {
  await client.query("SET statement_timeout = '5s'"); // want error "`SET statement_timeout` runs once"
};

export const hooked = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "orders-api",
  onConnect: settings,
});
hooked.on("error", (error) => console.error(error.message));

export const knex = createKnex({
  client: "pg",
  connection: { connectionString: process.env.DATABASE_URL, application_name: "orders-api" },
  searchPath: ["tenant_a", "public"], // want error "`searchPath` sends `SET search_path` on every new connection"
  pool: {
    min: 0,
    max: 10,
    idleTimeoutMillis: 10_000,
    afterCreate: (connection: { query: Function }, done: Function) => {
      connection.query("SET lock_timeout = '2s'", (error: Error) => done(error, connection)); // want error "`SET lock_timeout` runs once"
    },
  },
});

export const kysely = new Kysely({
  dialect: new PostgresDialect({
    pool,
    onCreateConnection: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw("SET ROLE limited")); // want error "`SET ROLE` runs once"
    },
  }),
});

const pgp = pgPromise({
  schema: "tenant_a", // want error "`initOptions.schema` sends `SET search_path` on every new connection"
  connect({ client }) {
    client.query("SET work_mem = '64MB'"); // want error "`SET work_mem` runs once"
  },
});

export const db = pgp({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });

export const orm = await MikroORM.init({
  clientUrl: process.env.DATABASE_URL,
  driverOptions: { application_name: "orders-api" },
  sessionContext: "connection", // want error "`sessionContext` sends `SET …` on every new connection"
  onCreateConnection: async (connection) => {
    await connection.query("SET search_path TO tenant_a"); // want error "`SET search_path` runs once"
  },
  entities: [],
});
