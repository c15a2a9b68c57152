import type { Driver, ExportDescriptor, Member, OptionDescriptor, TypeDescriptor, TypeName } from "../core/driver.ts";
import { neonHttpTypes, neonOptions } from "./neon.ts";
import { nested } from "./nested.ts";
import { givenPool, pgClientOptions, pgPool, pgPoolOptions, pgTypes, pgUrlParameters } from "./pg-types.ts";
import { postgres, postgresOptions, postgresTypes } from "./postgres.ts";
import { vercelTypes } from "./vercel-postgres.ts";

const builder: Member = { returns: "Builder" };
const sqlText: Member = { effects: [{ does: "builds SQL", text: { argument: 0 } }], returns: "SQL" };
const piece: Member = { returns: "SQL" };

/** `drizzle(pool)`, `drizzle({ client: pool })`, `drizzle(url)`, `drizzle({ connection })`. */
const open: Member = [
  {
    when: { argument: 0, property: "client", is: "present" },
    effects: [{ does: "wraps", handle: { argument: 0, property: "client" } }],
    returns: "Database",
  },
  {
    when: { argument: 0, property: "connection", is: "present" },
    effects: [{ does: "opens", options: 0 }],
    returns: "Database",
  },
  { when: { argument: 0, is: "string" }, effects: [{ does: "opens", url: 0 }], returns: "Database" },
  { effects: [{ does: "wraps", handle: { argument: 0 } }], returns: "Database" },
];

const types = {
  Factory: { role: "value", call: open },
  Migrate: { role: "value", call: { effects: [{ does: "migrates" }] } },
  Database: {
    role: "pool",
    members: {
      transaction: {
        effects: [{ does: "runs in transaction", callback: { argument: 0 } }],
        calls: [{ callback: { argument: 0 }, with: ["Transaction"] }],
      },
      execute: { effects: [{ does: "runs", sql: { argument: 0 } }] },
      select: builder,
      selectDistinct: builder,
      selectDistinctOn: builder,
      insert: builder,
      update: builder,
      delete: builder,
      refreshMaterializedView: builder,
      with: builder,
      $with: builder,
      $count: builder,
    },
    properties: { query: { type: "Relations", same: true } },
  },
  Transaction: {
    role: "transaction",
    extends: "Database",
    /** Throws, which makes the callback form roll back. */
    members: { rollback: { effects: [{ does: "rolls back" }] } },
  },
  Relations: { role: "query", anyProperty: { type: "RelationalQueryBuilder", same: true } },
  RelationalQueryBuilder: { role: "query", members: { findMany: builder, findFirst: builder } },
  Builder: {
    role: "query",
    members: {
      execute: { effects: [{ does: "runs" }] },
      /** Facts A10. */
      prepare: { effects: [{ does: "prepares", name: { argument: 0 } }], returns: "Builder" },
      toSQL: {},
      getSQL: { returns: "SQL" },
    },
    anyMember: { returns: "Builder" },
  },
  SqlTag: {
    role: "value",
    tag: sqlText,
    members: { raw: sqlText, join: piece, empty: piece, identifier: {}, placeholder: {}, param: {} },
  },
  SQL: { role: "sql", members: { append: {}, as: {}, mapWith: piece, inlineParams: piece, if: piece } },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;

/** The types under which one of the packages exports its database and its transaction. */
const named = (
  client: TypeName,
  database: readonly string[],
  transaction: readonly string[],
): Readonly<Record<"Database" | "Transaction", TypeDescriptor>> => ({
  Database: {
    ...types.Database,
    names: database,
    properties: { ...types.Database.properties, $client: { type: client, same: true } },
  },
  Transaction: { ...types.Transaction, names: transaction },
});

const shared = { language: "javascript", name: "drizzle", urlParameters: pgUrlParameters } as const;
const names = { drizzle: { value: "Factory" } } as const satisfies Readonly<Record<string, ExportDescriptor>>;
const migrator = { migrate: { value: "Migrate" } } as const satisfies Readonly<Record<string, ExportDescriptor>>;
const connection: Readonly<Record<string, OptionDescriptor>> = {
  connection: { means: "url" },
  client: { means: "handle" },
};

const pgBehaviour = {
  ...pgPool,
  traps: pgPool.traps.map((trap) => ({ ...trap, path: `connection.${trap.path}` })),
  nullPool: [{ path: "connection.maxUses", value: "1" }],
  boundedIdle: [{ path: "connection.idleTimeoutMillis", value: "10000" }],
} as const;

const pgName = {
  option: "connection.application_name",
  urlParameter: "application_name",
  environment: ["PGAPPNAME"],
} as const;

/** Drizzle over pg; it also stands for the parts that all of Drizzle's PostgreSQL drivers share. */
export const drizzleNodePostgres: Driver = {
  ...shared,
  label: "Drizzle (node-postgres)",
  documentation: "https://orm.drizzle.team/docs/get-started-postgresql#node-postgres",
  modules: {
    "drizzle-orm/node-postgres": names,
    "drizzle-orm/node-postgres/migrator": migrator,
    "drizzle-orm": { sql: { value: "SqlTag" } },
    "drizzle-orm/sql": { sql: { value: "SqlTag" } },
    "drizzle-orm/pg-core": {},
  },
  types: {
    ...pgTypes,
    ...types,
    ...named("Pool", ["PgDatabase", "NodePgDatabase"], ["PgTransaction", "NodePgTransaction"]),
  },
  options: { ...connection, ...nested("connection", { ...pgClientOptions, ...pgPoolOptions }) },
  pool: pgBehaviour,
  applicationName: pgName,
  statements: "unnamed",
};

/** Drizzle over postgres.js: its own statements are unnamed, but COMMIT and the type query go by that driver's `prepare` (facts A11, A12). */
export const drizzlePostgresJs: Driver = {
  ...shared,
  label: "Drizzle (postgres.js)",
  documentation: "https://orm.drizzle.team/docs/get-started-postgresql#postgresjs",
  modules: { "drizzle-orm/postgres-js": names, "drizzle-orm/postgres-js/migrator": migrator },
  types: {
    ...postgresTypes,
    ...types,
    ...named("Sql", ["PostgresJsDatabase"], ["PostgresJsTransaction"]),
  },
  options: { ...connection, "connection.url": { means: "url" }, ...nested("connection", postgresOptions) },
  urlParameters: postgres.urlParameters ?? {},
  startupBags: ["connection.connection", "?"],
  pool: {
    ...postgres.pool,
    traps: [{ path: "connection.max", value: 0, says: "makes every query wait for ever" }],
    nullPool: [{ path: "connection.idle_timeout", value: "0.001" }],
    boundedIdle: [{ path: "connection.idle_timeout", value: "20" }],
  },
  applicationName: { ...postgres.applicationName, option: "connection.connection.application_name" },
  statements: "named",
};

/** Drizzle over Neon's WebSocket pool. */
export const drizzleNeon: Driver = {
  ...shared,
  label: "Drizzle (Neon)",
  documentation: "https://orm.drizzle.team/docs/connect-neon",
  modules: { "drizzle-orm/neon-serverless": names, "drizzle-orm/neon-serverless/migrator": migrator },
  types: {
    ...pgTypes,
    ...types,
    ...named("Pool", ["NeonDatabase"], ["NeonTransaction"]),
  },
  options: { ...connection, ...nested("connection", neonOptions) },
  pool: pgBehaviour,
  applicationName: pgName,
  statements: "unnamed",
};

const http = named("NeonQueryFunction", ["NeonHttpDatabase"], ["NeonTransaction"]);

/** Drizzle over Neon's HTTP function: no connection, and no transaction but a batch. */
export const drizzleNeonHttp: Driver = {
  ...shared,
  label: "Drizzle (Neon over HTTP)",
  documentation: "https://orm.drizzle.team/docs/connect-neon",
  modules: { "drizzle-orm/neon-http": names, "drizzle-orm/neon-http/migrator": migrator },
  types: {
    ...neonHttpTypes,
    ...types,
    ...http,
    Factory: { role: "value", call: { returns: "Database" } },
    Database: {
      ...http.Database,
      members: {
        ...types.Database.members,
        batch: { effects: [{ does: "runs batch in transaction", statements: { argument: 0 } }] },
      },
    },
  },
  options: connection,
  pool: givenPool,
  applicationName: {},
  statements: "unnamed",
};

/** Drizzle over `@vercel/postgres`: without a client it uses that package's own pool. */
export const drizzleVercel: Driver = {
  ...shared,
  label: "Drizzle (Vercel Postgres)",
  documentation: "https://orm.drizzle.team/docs/connect-vercel-postgres",
  modules: { "drizzle-orm/vercel-postgres": names, "drizzle-orm/vercel-postgres/migrator": migrator },
  types: {
    ...vercelTypes,
    ...types,
    ...named("Pool", ["VercelPgDatabase"], ["VercelPgTransaction"]),
  },
  options: { client: { means: "handle" } },
  pool: givenPool,
  applicationName: {},
  statements: "unnamed",
};
