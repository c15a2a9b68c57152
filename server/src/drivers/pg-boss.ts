import type { Driver } from "../core/driver.ts";
import { pgPool, pgUrlParameters } from "./pg-types.ts";

/** pg-boss, a job queue in PostgreSQL. It polls, unless it is told to wait for notifications. */
export const pgBoss: Driver = {
  name: "pg-boss",
  label: "pg-boss",
  language: "javascript",
  documentation: "https://timgit.github.io/pg-boss/#/./api/constructor",
  modules: {
    "pg-boss": { PgBoss: { class: "PgBoss" }, default: { class: "PgBoss" }, "=": { class: "PgBoss" } },
  },
  types: {
    PgBoss: {
      role: "pool",
      new: { effects: [{ does: "opens", options: 0, url: 0 }] },
      members: { stop: { effects: [{ does: "ends" }] } },
    },
  },
  options: {
    connectionString: { means: "url" },
    host: { means: "host" },
    port: { means: "port" },
    database: { means: "database" },
    user: { means: "user" },
    password: { means: "password" },
    max: { means: "max" },
    application_name: { means: "application name" },
    options: { means: "startup options" },
    connectionTimeoutMillis: { means: "acquire timeout", unit: "ms", off: [0] },
    ssl: { means: "client side" },
    schema: { means: "client side" },
    db: { means: "handle" },
    useListenNotify: { means: "listens", off: [false] },
  },
  urlParameters: pgUrlParameters,
  pool: { ...pgPool, traps: [], nullPool: [], boundedIdle: [], exitsOnIdleClose: false },
  applicationName: {
    option: "application_name",
    urlParameter: "application_name",
    environment: ["PGAPPNAME"],
    fallback: "pgboss",
  },
  statements: "unnamed",
};
