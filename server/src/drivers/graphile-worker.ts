import type { Driver, Member } from "../core/driver.ts";
import { pgPool, pgUrlParameters } from "./pg-types.ts";

/** Runs on the pool that it is given, or on one of its own; jobs are announced by notifications. */
const run: Member = [
  {
    when: { argument: 0, property: "pgPool", is: "present" },
    effects: [{ does: "wraps", handle: { argument: 0, property: "pgPool" } }, { does: "listens" }],
    returns: "Runner",
  },
  { effects: [{ does: "opens", options: 0 }, { does: "listens" }], returns: "Runner" },
];

/** Graphile Worker, a job queue in PostgreSQL. */
export const graphileWorker: Driver = {
  name: "graphile-worker",
  label: "Graphile Worker",
  language: "javascript",
  documentation: "https://worker.graphile.org/docs/connection-string",
  modules: {
    "graphile-worker": { run: { value: "Run" }, runTaskList: { value: "RunTaskList" } },
  },
  types: {
    Run: { role: "value", call: run },
    RunTaskList: {
      role: "value",
      call: {
        effects: [{ does: "wraps", handle: { argument: 2 } }, { does: "listens" }],
        returns: "Runner",
      },
    },
    Runner: { role: "pool", members: { stop: { effects: [{ does: "ends" }] } } },
  },
  options: {
    connectionString: { means: "url" },
    maxPoolSize: { means: "max" },
    pgPool: { means: "handle" },
    noPreparedStatements: { means: "prepare", off: [true] },
    schema: { means: "client side" },
    concurrency: { means: "client side" },
    pollInterval: { means: "client side", unit: "ms" },
  },
  urlParameters: pgUrlParameters,
  pool: { ...pgPool, traps: [], nullPool: [], boundedIdle: [], exitsOnIdleClose: false },
  applicationName: { urlParameter: "application_name", environment: ["PGAPPNAME"] },
  statements: "named",
};
