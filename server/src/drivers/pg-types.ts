import type { Member, OptionDescriptor, TypeDescriptor } from "../core/driver.ts";

/**
 * What pg and the packages that follow its API (`@neondatabase/serverless`, `@vercel/postgres`) share: values and options.
 * Other drivers spread these where they hand out a pg pool or pass their options on to one.
 */

/** A Submittable (pg-cursor, pg-query-stream, `new Query()`) is text too; the object form may name a prepared statement. */
const query: Member = [
  { when: { argument: 0, is: "handle" }, effects: [{ does: "runs", sql: { argument: 0 } }] },
  {
    when: { argument: 0, is: "object" },
    effects: [
      { does: "runs", sql: { argument: 0, property: "text" } },
      { does: "prepares", name: { argument: 0, property: "name" } },
    ],
    calls: [{ callback: { argument: "last" }, with: [] }],
  },
  { effects: [{ does: "runs", sql: { argument: 0 } }], calls: [{ callback: { argument: "last" }, with: [] }] },
];

const poolListener: Member = [
  {
    when: { argument: 0, is: "string", oneOf: ["connect", "acquire", "remove"] },
    effects: [{ does: "handles event", callback: { argument: 1 } }],
    calls: [{ callback: { argument: 1 }, with: ["PoolClient"] }],
  },
  {
    effects: [{ does: "handles event", callback: { argument: 1 } }],
    calls: [{ callback: { argument: 1 }, with: [undefined, "PoolClient"] }],
  },
];

const clientListener: Member = { effects: [{ does: "handles event", callback: { argument: 1 } }] };

export const pgTypes = {
  Pool: {
    role: "pool",
    new: { effects: [{ does: "opens", options: 0 }] },
    members: {
      connect: [
        {
          when: { argument: 0, is: "function" },
          effects: [{ does: "acquires" }],
          calls: [{ callback: { argument: 0 }, with: [undefined, "PoolClient", "Done"] }],
        },
        { effects: [{ does: "acquires" }], returns: "PoolClient" },
      ],
      query,
      end: { effects: [{ does: "ends" }] },
      on: poolListener,
      once: poolListener,
      addListener: poolListener,
    },
  },
  ClientBase: {
    role: "session",
    members: {
      connect: { effects: [{ does: "connects" }], calls: [{ callback: { argument: 0 }, with: [] }] },
      query,
      escapeLiteral: {},
      escapeIdentifier: {},
      on: clientListener,
      once: clientListener,
      addListener: clientListener,
      prependListener: clientListener,
      off: {},
      removeListener: {},
      removeAllListeners: {},
    },
  },
  Client: {
    role: "session",
    extends: "ClientBase",
    new: { effects: [{ does: "opens", options: 0, url: 0 }] },
    members: {
      end: { effects: [{ does: "ends" }] },
    },
  },
  PoolClient: {
    role: "session",
    extends: "Client",
    members: { release: { effects: [{ does: "releases", destroys: 0 }] } },
  },
  /** The third argument of the callback form of `connect`. */
  Done: { role: "value", call: { effects: [{ does: "releases", destroys: 0 }] } },
  Query: {
    role: "sql",
    new: [
      {
        when: { argument: 0, is: "object" },
        effects: [
          { does: "builds SQL", text: { argument: 0, property: "text" } },
          { does: "prepares", name: { argument: 0, property: "name" } },
        ],
      },
      { effects: [{ does: "builds SQL", text: { argument: 0 } }] },
    ],
  },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;

/** Sent in the startup message, which PgBouncer refuses. */
const pgStartupOptions = {
  statement_timeout: { means: "startup parameter", unit: "ms", parameter: "statement_timeout", off: [false, 0] },
  lock_timeout: { means: "startup parameter", unit: "ms", parameter: "lock_timeout", off: [false, 0] },
  idle_in_transaction_session_timeout: {
    means: "startup parameter",
    unit: "ms",
    parameter: "idle_in_transaction_session_timeout",
    off: [false, 0],
  },
  options: { means: "startup options" },
} as const satisfies Readonly<Record<string, OptionDescriptor>>;

/** Options of a single connection. */
export const pgClientOptions = {
  connectionString: { means: "url" },
  host: { means: "host" },
  port: { means: "port" },
  database: { means: "database" },
  user: { means: "user" },
  password: { means: "password" },
  application_name: { means: "application name" },
  fallback_application_name: { means: "fallback application name" },
  ...pgStartupOptions,
  connectionTimeoutMillis: { means: "acquire timeout", unit: "ms", off: [0] },
  query_timeout: { means: "client side", unit: "ms" },
  client_encoding: { means: "client side" },
  keepAlive: { means: "client side" },
  ssl: { means: "client side" },
} as const satisfies Readonly<Record<string, OptionDescriptor>>;

/** Options of pg-pool. */
export const pgPoolOptions = {
  max: { means: "max" },
  poolSize: { means: "max", untyped: "pg-pool reads it as another name of max; @types/pg leaves it out" },
  min: { means: "min" },
  idleTimeoutMillis: { means: "idle", unit: "ms", off: [0] },
  maxLifetimeSeconds: { means: "lifetime", unit: "s", off: [0] },
  maxUses: { means: "max uses" },
  allowExitOnIdle: { means: "client side" },
  onConnect: { means: "connect hook" },
  verify: { means: "connect hook" },
} as const satisfies Readonly<Record<string, OptionDescriptor>>;

/** The hooks of pg-pool, for the drivers that have its types. */
export const pgHooks = {
  onConnect: { means: "connect hook", handed: ["PoolClient"] },
  verify: { means: "connect hook", handed: ["PoolClient"] },
} as const satisfies Readonly<Record<string, OptionDescriptor>>;

/** Query parameters that pg-connection-string turns into client options; pg ignores all others. */
export const pgUrlParameters = {
  application_name: { means: "application name" },
  fallback_application_name: { means: "fallback application name" },
  ...pgStartupOptions,
} as const satisfies Readonly<Record<string, OptionDescriptor>>;

/** What pg reads by itself besides the connection's address and name. */
export const pgEnvironment = { PGOPTIONS: { means: "startup options" } } as const satisfies Readonly<
  Record<string, OptionDescriptor>
>;

/** A pool that the application hands over: its options stand elsewhere. */
export const givenPool = {
  defaults: {},
  exitsOnIdleClose: false,
  reconnects: true,
} as const;

/** Facts E1, E2 and E3. */
export const pgPool = {
  defaults: { max: 10, min: 0, idle: 10_000, lifetime: "never", acquireTimeout: "never" },
  traps: [
    { path: "max", value: 0, says: "means the default of 10 connections, not none" },
    { path: "idleTimeoutMillis", value: 0, says: "keeps idle connections for ever" },
  ],
  nullPool: [{ path: "maxUses", value: "1" }],
  boundedIdle: [{ path: "idleTimeoutMillis", value: "10000" }],
  exitsOnIdleClose: true,
  reconnects: true,
} as const;
