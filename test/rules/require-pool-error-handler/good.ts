import { drizzle } from "drizzle-orm/node-postgres";
import { Client, Pool } from "pg";
import pgPromise from "pg-promise";
import createKnex from "knex";
import postgres from "postgres";
import { Sequelize } from "sequelize";
import { DataSource } from "typeorm";

const pool = new Pool({ application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

function attach(handled: Pool): Pool {
  handled.on("error", (error) => console.error(error.message));
  return handled;
}

export const wrapped = attach(new Pool({ application_name: "orders-api" }));

export const chained = new Pool({ application_name: "orders-api" }).on("error", (error) => console.error(error.message));

export const listened = new Pool({ application_name: "orders-api" });
listened.addListener("error", console.error);

export const viaPool = drizzle(pool);

export const viaUrl = drizzle("postgres://app@db.internal:6432/orders?application_name=orders-api");
viaUrl.$client.on("error", (error) => console.error(error.message));

export async function once(text: string) {
  const client = new Client({ application_name: "orders-api" });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

/** They have handlers of their own. */
export const db = pgPromise()({ application_name: "orders-api" });
export const knex = createKnex({ client: "pg", connection: { application_name: "orders-api" }, pool: { min: 0 } });
export const sql = postgres({ prepare: false, connection: { application_name: "orders-api" } });
export const sequelize = new Sequelize({ dialect: "postgres", dialectOptions: { application_name: "orders-api" } });
export const dataSource = new DataSource({ type: "postgres", applicationName: "orders-api" });

export class Orders {
  private readonly pool = new Pool({ application_name: "orders-api" });

  constructor() {
    this.pool.on("error", (error) => console.error(error.message));
  }

  list() {
    return this.pool.query("select * from orders");
  }
}

/** Whoever receives it listens. */
export function connectionFor(connectionString: string) {
  const client = new Client({ connectionString, application_name: "orders-api" });
  return client;
}
