import type { Driver, Effect, Member, Returned, TypeDescriptor } from "../../core/driver.ts";
import { libpqUrlParameters } from "./libpq.ts";
import { psycopgOptions } from "./psycopg.ts";

const self = (type: string): Returned => ({ type, same: true });

/** In autocommit, which is Django's default, each statement is a transaction of its own. */
const execute: Member = { effects: [{ does: "runs", sql: { argument: 0, keyword: "sql" } }] };

const decorates: Effect = {
  does: "runs in transaction",
  callback: { argument: 0 },
  ambient: "async local storage",
};

const types: Readonly<Record<string, TypeDescriptor>> = {
  /** `DATABASES["default"]`: a connection for each thread. */
  Database: {
    role: "pool",
    members: {
      cursor: { returns: self("Cursor") },
      close: {},
      ensure_connection: {},
      chunked_cursor: { returns: self("Cursor") },
    },
  },
  Databases: { role: "value", anyProperty: "Database" },
  Cursor: {
    role: "query",
    members: {
      execute,
      executemany: execute,
      callproc: { effects: [{ does: "runs" }] },
      fetchone: {},
      fetchmany: {},
      fetchall: {},
      close: {},
      __enter__: { effects: [{ does: "connects" }], returns: self("Cursor") },
    },
    dispose: {},
  },
  /** What runs inside finds the transaction by itself: for the time of a block, or of each call of the function that it decorates. */
  atomic: {
    role: "value",
    call: [
      { when: { argument: 0, is: "function" }, effects: [decorates] },
      { when: { argument: 0, is: "decorator" }, returns: "AtomicDecorator" },
      { effects: [{ does: "begins", handle: "result" }, { does: "enables ambient transactions" }], returns: "Atomic" },
    ],
  },
  AtomicDecorator: { role: "value", names: [], call: { effects: [decorates] } },
  Atomic: {
    role: "transaction",
    names: [],
    members: { __enter__: { effects: [{ does: "connects" }], returns: self("Atomic") } },
    dispose: { effects: [{ does: "commits" }] },
  },
};

const transaction = { atomic: { value: "atomic" } } as const;

/** Django 4.2 and later; `DATABASES` of the settings is read by name. */
export const django: Driver = {
  name: "django",
  label: "Django",
  language: "python",
  documentation: "https://docs.djangoproject.com/en/5.2/ref/databases/#postgresql-notes",
  modules: {
    "django.db": {
      connection: { value: "Database" },
      connections: { value: "Databases" },
      transaction: { namespace: transaction },
    },
    "django.db.transaction": transaction,
  },
  types,
  options: {
    ENGINE: { means: "dialect" },
    NAME: { means: "database" },
    HOST: { means: "host" },
    PORT: { means: "port" },
    USER: { means: "user" },
    PASSWORD: { means: "password" },
    CONN_MAX_AGE: { means: "lifetime", unit: "s", off: [null] },
    CONN_HEALTH_CHECKS: { means: "client side" },
    DISABLE_SERVER_SIDE_CURSORS: { means: "client side" },
    OPTIONS: { means: "client side" },
    ...Object.fromEntries(Object.entries(psycopgOptions).map(([name, option]) => [`OPTIONS.${name}`, option])),
    "OPTIONS.pool": { means: "client side" },
  },
  urlParameters: libpqUrlParameters,
  pool: { defaults: { max: 1, min: 0, idle: 0, lifetime: 0 }, exitsOnIdleClose: false, reconnects: true },
  applicationName: { option: "OPTIONS.application_name", urlParameter: "application_name", environment: ["PGAPPNAME"] },
  dialect: {
    option: "ENGINE",
    postgres: [
      "django.db.backends.postgresql",
      "django.db.backends.postgresql_psycopg2",
      "django.contrib.gis.db.backends.postgis",
      "django_prometheus.db.backends.postgresql",
    ],
    schemes: ["postgresql", "postgres", "pgsql"],
    packages: ["psycopg", "psycopg2", "psycopg2-binary"],
  },
  // Django turns psycopg's prepared statements off.
  statements: "unnamed",
};
