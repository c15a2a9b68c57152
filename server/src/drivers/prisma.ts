import type { Driver, ExportDescriptor, Member, OptionDescriptor, TypeDescriptor } from "../core/driver.ts";

/** Sent once awaited, or as part of `$transaction([…])`. */
const raw: Member = { effects: [{ does: "runs", sql: { argument: 0 } }], returns: "PrismaPromise" };
const runs: Member = { effects: [{ does: "runs" }], returns: "PrismaPromise" };
const sqlText: Member = { effects: [{ does: "builds SQL", text: { argument: 0 } }], returns: "Sql" };

const types = {
  PrismaClient: {
    role: "pool",
    new: [
      {
        when: { argument: 0, property: "adapter", is: "present" },
        effects: [{ does: "wraps", handle: { argument: 0, property: "adapter" } }],
      },
      { effects: [{ does: "opens", options: 0 }] },
    ],
    members: {
      $transaction: [
        {
          when: { argument: 0, is: "function" },
          effects: [{ does: "runs in transaction", callback: { argument: 0 } }],
          calls: [{ callback: { argument: 0 }, with: ["TransactionClient"] }],
        },
        { effects: [{ does: "runs batch in transaction", statements: { argument: 0 } }] },
      ],
      $queryRaw: raw,
      $executeRaw: raw,
      $queryRawUnsafe: raw,
      $executeRawUnsafe: raw,
      $queryRawTyped: runs,
      $connect: {},
      $disconnect: { effects: [{ does: "ends" }] },
      $on: {},
      $use: {},
      $extends: { returns: { type: "PrismaClient", same: true } },
    },
    /** `prisma.user` and all other models. */
    anyProperty: { type: "Delegate", same: true },
  },
  TransactionClient: { role: "transaction", names: ["Prisma.TransactionClient"], extends: "PrismaClient" },
  Delegate: {
    role: "query",
    names: [],
    members: { upsert: { effects: [{ does: "runs", implicitTransaction: true }], returns: "PrismaPromise" } },
    anyMember: runs,
  },
  PrismaPromise: { role: "query", names: ["PrismaPromise", "Prisma.PrismaPromise"], anyMember: {} },
  SqlTag: { role: "value", names: [], tag: sqlText, call: sqlText },
  SqlPieces: { role: "value", names: [], call: { returns: "Sql" } },
  Sql: { role: "sql", names: ["Prisma.Sql", "Sql"] },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;

const names = {
  PrismaClient: { class: "PrismaClient" },
  Prisma: {
    namespace: {
      sql: { value: "SqlTag" },
      raw: { value: "SqlTag" },
      join: { value: "SqlPieces" },
    },
  },
} as const satisfies Readonly<Record<string, ExportDescriptor>>;

const upToSix = "an option up to version 6; version 7 takes an adapter";
const url: OptionDescriptor = { means: "url", untyped: upToSix };

/**
 * Prisma's client with its own engine, up to version 6: named statements unless the URL says `pgbouncer=true` (so says
 * its documentation; not proven here). With an adapter, the adapter's pool is what is opened.
 */
export const prisma: Driver = {
  name: "prisma",
  label: "Prisma",
  language: "javascript",
  documentation:
    "https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/databases-connections/connection-pool",
  modules: {
    "@prisma/client": names,
    "@prisma/client/*": names,
    ".prisma/client": names,
    ".prisma/client/*": names,
    "*/.prisma/client": names,
    "*/generated/prisma": names,
    "*/generated/prisma/client": names,
    "*/generated/prisma-client": names,
    "*/generated/client": names,
    "*/prisma/generated": names,
    "*/prisma/generated/client": names,
    "*/prisma/generated/prisma/client": names,
    "*/prisma/client": names,
    "*/prisma-client": names,
  },
  types,
  options: {
    adapter: { means: "handle" },
    datasourceUrl: url,
    "datasources.db.url": url,
    "transactionOptions.maxWait": { means: "client side" },
    "transactionOptions.timeout": { means: "client side" },
  },
  urlParameters: {
    connection_limit: { means: "max" },
    pool_timeout: { means: "acquire timeout", unit: "s", off: ["0"] },
    connect_timeout: { means: "connect timeout", unit: "s" },
    socket_timeout: { means: "client side", unit: "s" },
    max_connection_lifetime: { means: "lifetime", unit: "s" },
    max_idle_connection_lifetime: { means: "idle", unit: "s", off: ["0"] },
    pgbouncer: { means: "prepare", off: ["true"] },
    statement_cache_size: { means: "statement cache", off: ["0"] },
    application_name: { means: "application name" },
    options: { means: "startup options" },
    schema: { means: "client side" },
    sslmode: { means: "client side" },
  },
  pool: {
    defaults: { min: 0, idle: 300_000, lifetime: "never", acquireTimeout: 10_000 },
    exitsOnIdleClose: false,
    reconnects: true,
  },
  applicationName: { urlParameter: "application_name" },
  dialect: {
    postgres: ["postgresql", "postgres"],
    schemes: ["postgres", "postgresql"],
    packages: ["@prisma/adapter-pg", "pg"],
  },
  statements: "named",
  concurrency: "queues",
};
