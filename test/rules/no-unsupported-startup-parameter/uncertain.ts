import createKnex from "knex";
import { Pool } from "pg";

interface Settings {
  readonly statementTimeout?: number;
  readonly idleTimeout?: number;
}

export const connect = (settings: Settings) => {
  const pool = new Pool({
    application_name: "orders-api",
    statement_timeout: settings.statementTimeout, // want information "Where it is set, `statement_timeout` is sent at connect, and PgBouncer refuses it"
  });
  pool.on("error", (error) => console.error(error.message));
  return pool;
};

export const open = (settings: Settings) =>
  createKnex({
    client: "pg",
    connection: {
      application_name: "orders-api",
      idle_in_transaction_session_timeout: settings.idleTimeout ?? undefined, // want information "Where it is set"
    },
    pool: { min: 0 },
  });
