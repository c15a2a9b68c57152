import { Pool } from "pg";
import postgres from "postgres";

const options = { connectionString: process.env.DATABASE_URL, application_name: "orders-api" };

function open() {
  const created = new Pool(options);
  created.on("error", (error) => console.error(error.message));
  return created;
}

let lazy: Pool | undefined;
export function getPool() {
  return (lazy ??= open());
}

let guarded: Pool | undefined;
export function getGuarded() {
  if (!guarded) {
    guarded = new Pool(options);
    guarded.on("error", (error) => console.error(error.message));
  }
  return guarded;
}

let early: Pool | null = null;
export function getEarly(): Pool {
  if (early) return early;
  early = new Pool(options);
  early.on("error", (error) => console.error(error.message));
  return early;
}

const tenants = new Map<string, Pool>();
export function poolOf(tenant: string) {
  let pool = tenants.get(tenant);
  if (!pool) {
    pool = new Pool({ ...options, application_name: `orders-${tenant}` });
    pool.on("error", (error) => console.error(error.message));
    tenants.set(tenant, pool);
  }
  return pool;
}

const cache: Record<string, ReturnType<typeof postgres>> = {};
export function sqlOf(region: string) {
  cache[region] ??= postgres(`postgres://app@${region}.internal:6432/orders?application_name=orders-api`, { prepare: false });
  return cache[region];
}

export async function ended(text: string) {
  const pool = new Pool(options);
  pool.on("error", (error) => console.error(error.message));
  try {
    return await pool.query(text);
  } finally {
    await pool.end();
  }
}

export class Database {
  static #instance: Database | undefined;
  readonly pool = open();

  static get instance() {
    Database.#instance ??= new Database();
    return Database.#instance;
  }
}
