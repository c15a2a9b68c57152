import { Pool } from "pg";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { drizzle } from "drizzle-orm/node-postgres";

const options = { connectionString: process.env.DATABASE_URL, application_name: "orders-web" };

/** Survives hot reloading. */
const shared = globalThis as unknown as { pool?: Pool; prisma?: PrismaClient };

export const pool = shared.pool ?? new Pool(options);
if (!shared.pool) pool.on("error", (error) => console.error(error.message));
if (process.env.NODE_ENV !== "production") shared.pool = pool;

export const prisma = shared.prisma || new PrismaClient({ adapter: new PrismaPg({ ...options }) });
if (process.env.NODE_ENV !== "production") shared.prisma = prisma;

export const db = drizzle(pool);

/** Opened when it is first used. */
let opened: Pool | undefined;
export const lazy = new Proxy({} as Pool, {
  get(_target, key) {
    if (!opened) {
      opened = new Pool(options);
      opened.on("error", (error) => console.error(error.message));
    }
    return Reflect.get(opened, key, opened);
  },
});

const once = <T>(make: () => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

export const memoized = once(() => {
  const created = new Pool(options);
  created.on("error", (error) => console.error(error.message));
  return created;
});

export class Registry {
  private static readonly pools = new Map<string, Pool>();

  static of(name: string): Pool {
    const known = Registry.pools.get(name);
    if (known) return known;
    const created = new Pool({ ...options, application_name: name });
    created.on("error", (error) => console.error(error.message));
    Registry.pools.set(name, created);
    return created;
  }
}
