import type { Driver, ExportDescriptor } from "../core/driver.ts";
import {
  pgClientOptions,
  pgEnvironment,
  pgHooks,
  pgPool,
  pgPoolOptions,
  pgTypes,
  pgUrlParameters,
} from "./pg-types.ts";

const names = {
  Pool: { class: "Pool" },
  Client: { class: "Client" },
  ClientBase: { class: "ClientBase" },
  Query: { class: "Query" },
} as const satisfies Readonly<Record<string, ExportDescriptor>>;

/** pg with pg-pool; pg-native, whose clients have a small API of their own; and the statements that pg-cursor and pg-query-stream make. */
export const pg: Driver = {
  name: "pg",
  label: "node-postgres",
  language: "javascript",
  documentation: "https://node-postgres.com/apis/pool",
  modules: {
    pg: { ...names, native: { namespace: names } },
    "pg-pool": { "=": { class: "Pool" }, default: { class: "Pool" } },
    "pg-native": { "=": { class: "NativeClient" }, default: { class: "NativeClient" } },
    "pg-cursor": { "=": { class: "Cursor" }, default: { class: "Cursor" } },
    "pg-query-stream": { "=": { class: "QueryStream" }, default: { class: "QueryStream" } },
  },
  types: {
    ...pgTypes,
    /** Cursors and streams keep their server until they are read to the end or closed: safe. */
    Cursor: { role: "sql", new: { effects: [{ does: "builds SQL", text: { argument: 0 } }] } },
    QueryStream: { role: "sql", new: { effects: [{ does: "builds SQL", text: { argument: 0 } }] } },
    NativeClient: {
      role: "session",
      new: { effects: [{ does: "opens" }] },
      members: {
        connect: { effects: [{ does: "connects" }], calls: [{ callback: { argument: "last" }, with: [] }] },
        connectSync: { effects: [{ does: "connects" }] },
        query: {
          effects: [{ does: "runs", sql: { argument: 0 } }],
          calls: [{ callback: { argument: "last" }, with: [] }],
        },
        querySync: { effects: [{ does: "runs", sql: { argument: 0 } }] },
        prepare: { effects: [{ does: "prepares", name: { argument: 0 } }] },
        prepareSync: { effects: [{ does: "prepares", name: { argument: 0 } }] },
        execute: { effects: [{ does: "runs" }] },
        executeSync: { effects: [{ does: "runs" }] },
        end: { effects: [{ does: "ends" }] },
      },
    },
  },
  options: {
    ...pgClientOptions,
    ...pgPoolOptions,
    ...pgHooks,
    pipeline: { means: "client side" },
    replication: {
      means: "startup parameter",
      parameter: "replication",
      untyped: "pg sends it; @types/pg leaves it out",
    },
  },
  urlParameters: pgUrlParameters,
  environmentVariables: pgEnvironment,
  pool: pgPool,
  applicationName: { option: "application_name", urlParameter: "application_name", environment: ["PGAPPNAME"] },
  statements: "unnamed",
};
