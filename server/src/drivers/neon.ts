import type { Driver, OptionDescriptor, TypeDescriptor } from "../core/driver.ts";
import { pgClientOptions, pgPool, pgPoolOptions, pgTypes, pgUrlParameters } from "./pg-types.ts";

/** Over HTTP each statement is on its own, and a transaction is one array of statements. */
export const neonHttpTypes = {
  HttpFactory: { role: "value", call: { returns: "NeonQueryFunction" } },
  NeonQueryFunction: {
    role: "pool",
    tag: { effects: [{ does: "runs", sql: { argument: 0 } }], returns: "NeonQueryPromise" },
    members: {
      query: { effects: [{ does: "runs", sql: { argument: 0 } }], returns: "NeonQueryPromise" },
      unsafe: {},
      transaction: {
        effects: [{ does: "runs batch in transaction", statements: { argument: 0 } }],
        calls: [{ callback: { argument: 0 }, with: ["NeonQueryFunction"] }],
      },
    },
  },
  NeonQueryPromise: { role: "query" },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;

const { onConnect, verify, ...poolOptions } = pgPoolOptions;

/** pg's options, without the hooks that Neon's types leave out. */
export const neonOptions = { ...pgClientOptions, ...poolOptions } as const satisfies Readonly<
  Record<string, OptionDescriptor>
>;

/** Pool and Client over WebSockets follow pg; `neon()` is a function over HTTP, and no pool. */
export const neon: Driver = {
  name: "neon",
  label: "Neon serverless driver",
  language: "javascript",
  documentation: "https://github.com/neondatabase/serverless#pool-and-client",
  modules: {
    "@neondatabase/serverless": {
      Pool: { class: "Pool" },
      Client: { class: "Client" },
      Query: { class: "Query" },
      neon: { value: "HttpFactory" },
    },
  },
  types: { ...pgTypes, ...neonHttpTypes },
  options: neonOptions,
  urlParameters: pgUrlParameters,
  pool: pgPool,
  applicationName: { option: "application_name", urlParameter: "application_name", environment: ["PGAPPNAME"] },
  statements: "unnamed",
};
