import type { Driver, Member, TypeDescriptor } from "../core/driver.ts";
import { passedOn } from "./nested.ts";
import {
  pgClientOptions,
  pgEnvironment,
  pgHooks,
  pgPool,
  pgPoolOptions,
  pgTypes,
  pgUrlParameters,
} from "./pg-types.ts";

/** Text, a PreparedStatement or a ParameterizedQuery, or an object of the same shape. */
const query: Member = [
  { when: { argument: 0, is: "handle" }, effects: [{ does: "runs", sql: { argument: 0 } }] },
  {
    when: { argument: 0, is: "object" },
    effects: [
      { does: "runs", sql: { argument: 0, property: "text" } },
      { does: "prepares", name: { argument: 0, property: "name" } },
    ],
  },
  { effects: [{ does: "runs", sql: { argument: 0 } }] },
];

const tx: Member = {
  effects: [{ does: "runs in transaction", callback: { argument: "last" } }],
  calls: [{ callback: { argument: "last" }, with: ["Tx"] }],
};

const task: Member = {
  effects: [{ does: "runs in session", callback: { argument: "last" } }],
  calls: [{ callback: { argument: "last" }, with: ["Task"] }],
};

const prepared: Member = {
  effects: [
    { does: "builds SQL", text: { argument: 0, property: "text" } },
    { does: "prepares", name: { argument: 0, property: "name" } },
  ],
  returns: "PreparedStatement",
};

const parameterized: Member = [
  {
    when: { argument: 0, is: "object" },
    effects: [{ does: "builds SQL", text: { argument: 0, property: "text" } }],
    returns: "ParameterizedQuery",
  },
  { effects: [{ does: "builds SQL", text: { argument: 0 } }], returns: "ParameterizedQuery" },
];

const types = {
  ...pgTypes,
  Factory: {
    role: "value",
    call: { effects: [{ does: "configures", options: 0, path: "initOptions" }], returns: "Main" },
  },
  Main: {
    role: "value",
    names: ["IMain"],
    call: { effects: [{ does: "opens", options: 0, url: 0 }], returns: "Database" },
    members: { end: { effects: [{ does: "ends" }] } },
    properties: { PreparedStatement: "PreparedStatementClass", ParameterizedQuery: "ParameterizedQueryClass" },
  },
  /** The argument of the event `connect`; of its properties only `client` is ever asked for statements. */
  ConnectEvent: { role: "value", names: [], anyProperty: { type: "Client", same: true } },
  PreparedStatementClass: { role: "value", call: prepared },
  ParameterizedQueryClass: { role: "value", call: parameterized },
  PreparedStatement: { role: "sql", new: prepared },
  ParameterizedQuery: { role: "sql", new: parameterized },
  /** What the database, a task and a connection have in common. */
  Protocol: {
    role: "pool",
    names: ["IBaseProtocol"],
    members: {
      query,
      none: query,
      one: query,
      oneOrNone: query,
      many: query,
      manyOrNone: query,
      any: query,
      result: query,
      multi: query,
      multiResult: query,
      map: query,
      each: query,
      stream: { effects: [{ does: "runs", sql: { argument: 0 } }] },
      func: { effects: [{ does: "runs" }] },
      proc: { effects: [{ does: "runs" }] },
      tx,
      txIf: tx,
      task,
      taskIf: task,
    },
  },
  Database: {
    role: "pool",
    names: ["IDatabase"],
    extends: "Protocol",
    members: { connect: { effects: [{ does: "acquires" }], returns: "Connected" } },
    properties: { $pool: { type: "Pool", same: true } },
  },
  Task: {
    role: "session",
    names: ["ITask"],
    extends: "Protocol",
    members: {
      batch: { effects: [{ does: "pipelines", statements: { argument: 0 } }] },
      sequence: { calls: [{ callback: { argument: 0 }, with: [] }] },
      page: { calls: [{ callback: { argument: 0 }, with: [] }] },
    },
  },
  Tx: { role: "transaction", extends: "Task" },
  Connected: {
    role: "session",
    names: ["IConnected"],
    extends: "Task",
    members: { done: { effects: [{ does: "releases", destroys: 0 }] } },
    properties: { client: { type: "Client", same: true } },
  },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;

const unlisted = "pg-promise hands it on to pg; its types leave it out";

/** pg-promise: a factory, its main object, and databases over pg pools. */
export const pgPromise: Driver = {
  name: "pg-promise",
  label: "pg-promise",
  language: "javascript",
  documentation: "https://github.com/vitaly-t/pg-promise#methods",
  modules: {
    "pg-promise": {
      "=": { value: "Factory" },
      default: { value: "Factory" },
      PreparedStatement: { class: "PreparedStatement" },
      ParameterizedQuery: { class: "ParameterizedQuery" },
    },
  },
  types,
  options: {
    ...passedOn(
      { ...pgClientOptions, ...pgPoolOptions, ...pgHooks },
      { options: unlisted, min: unlisted, poolSize: unlisted, onConnect: unlisted, verify: unlisted },
    ),
    /** Sent as SET on every new connection. */
    "initOptions.schema": { means: "search path" },
    "initOptions.connect": { means: "connect hook", handed: ["ConnectEvent"] },
    "initOptions.error": { means: "client side" },
  },
  urlParameters: pgUrlParameters,
  environmentVariables: pgEnvironment,
  pool: { ...pgPool, exitsOnIdleClose: false },
  applicationName: { option: "application_name", urlParameter: "application_name", environment: ["PGAPPNAME"] },
  statements: "unnamed",
};
