import type { Driver, Member, TypeDescriptor } from "../core/driver.ts";
import { neonOptions } from "./neon.ts";
import { pgPool, pgTypes, pgUrlParameters } from "./pg-types.ts";

const sql: Member = { effects: [{ does: "runs", sql: { argument: 0 } }] };

const { Pool, Client, ...others } = pgTypes;

export const vercelTypes = {
  ...others,
  Client: { ...Client, names: ["VercelClient", "VercelClientBase"], members: { ...Client.members, sql } },
  Pool: { ...Pool, names: ["VercelPool"], members: { ...Pool.members, sql } },
  PoolClient: { ...pgTypes.PoolClient, names: ["VercelPoolClient"] },
  PoolFactory: { role: "value", call: { effects: [{ does: "opens", options: 0 }], returns: "Pool" } },
  ClientFactory: { role: "value", call: { effects: [{ does: "opens", options: 0 }], returns: "Client" } },
  /** `sql` and `db`: one pool that the package makes by itself out of POSTGRES_URL. */
  DefaultPool: { role: "pool", extends: "Pool", tag: sql },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;

/** `@vercel/postgres`, which wraps Neon's driver. */
export const vercelPostgres: Driver = {
  name: "vercel-postgres",
  label: "Vercel Postgres",
  language: "javascript",
  documentation: "https://github.com/vercel/storage/tree/main/packages/postgres",
  modules: {
    "@vercel/postgres": {
      createPool: { value: "PoolFactory" },
      createClient: { value: "ClientFactory" },
      VercelPool: { class: "Pool" },
      VercelClient: { class: "Client" },
      Pool: { class: "Pool" },
      Client: { class: "Client" },
      Query: { class: "Query" },
      sql: { value: "DefaultPool" },
      db: { value: "DefaultPool" },
    },
  },
  types: vercelTypes,
  options: neonOptions,
  urlParameters: pgUrlParameters,
  pool: pgPool,
  applicationName: { option: "application_name", urlParameter: "application_name", environment: ["PGAPPNAME"] },
  statements: "unnamed",
};
