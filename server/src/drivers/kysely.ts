import type { Driver, Member, Signature, TypeDescriptor } from "../core/driver.ts";
import { givenPool } from "./pg-types.ts";

const view: Member = { returns: { type: "Kysely", same: true } };
const sqlText: Signature = { effects: [{ does: "builds SQL", text: { argument: 0 } }], returns: "RawBuilder" };
const piece: Member = { returns: "RawBuilder" };

const types = {
  Kysely: {
    role: "pool",
    new: { effects: [{ does: "wraps", handle: { argument: 0, property: "dialect" } }] },
    members: {
      transaction: { returns: "TransactionBuilder" },
      startTransaction: { returns: "ControlledTransactionBuilder" },
      connection: { returns: "ConnectionBuilder" },
      withPlugin: view,
      withoutPlugins: view,
      withSchema: view,
      withTables: view,
      $extendTables: view,
      $omitTables: view,
      $pickTables: view,
      executeQuery: { effects: [{ does: "runs", sql: { argument: 0 } }] },
      destroy: { effects: [{ does: "ends" }] },
      getExecutor: {},
      case: {},
    },
    properties: { schema: { type: "Builder", same: true }, fn: "Value", dynamic: "Value" },
    dispose: { effects: [{ does: "ends" }] },
    /** `selectFrom`, `insertInto`, `with` … */
    anyMember: { returns: "Builder" },
  },
  Transaction: { role: "transaction", extends: "Kysely" },
  /** `connection().execute(db => …)`. */
  Session: { role: "session", extends: "Kysely", names: [] },
  TransactionBuilder: {
    role: "query",
    members: {
      setIsolationLevel: { returns: "TransactionBuilder" },
      setAccessMode: { returns: "TransactionBuilder" },
      execute: {
        effects: [{ does: "runs in transaction", callback: { argument: 0 } }],
        calls: [{ callback: { argument: 0 }, with: ["Transaction"] }],
      },
    },
  },
  ControlledTransactionBuilder: {
    role: "query",
    members: {
      setIsolationLevel: { returns: "ControlledTransactionBuilder" },
      setAccessMode: { returns: "ControlledTransactionBuilder" },
      execute: { effects: [{ does: "begins", handle: "result" }], returns: "ControlledTransaction" },
    },
  },
  ControlledTransaction: {
    role: "transaction",
    extends: "Transaction",
    members: {
      commit: { effects: [{ does: "commits" }], returns: "Command" },
      rollback: { effects: [{ does: "rolls back" }], returns: "Command" },
      savepoint: { returns: "SavepointCommand" },
      rollbackToSavepoint: { returns: "SavepointCommand" },
      releaseSavepoint: { returns: "SavepointCommand" },
    },
  },
  /** `commit()` only sends COMMIT once its command is executed; nobody keeps one for later. */
  Command: { role: "query", names: ["Command"], members: { execute: {} } },
  SavepointCommand: {
    role: "query",
    names: [],
    members: { execute: { effects: [{ does: "runs" }], returns: { type: "ControlledTransaction", same: true } } },
  },
  ConnectionBuilder: {
    role: "query",
    members: {
      execute: {
        effects: [{ does: "runs in session", callback: { argument: 0 } }],
        calls: [{ callback: { argument: 0 }, with: ["Session"] }],
      },
    },
  },
  Builder: {
    role: "query",
    names: [],
    members: {
      execute: { effects: [{ does: "runs" }] },
      executeTakeFirst: { effects: [{ does: "runs" }] },
      executeTakeFirstOrThrow: { effects: [{ does: "runs" }] },
      stream: { effects: [{ does: "runs" }] },
      explain: { effects: [{ does: "runs" }] },
      compile: { returns: "Value" },
      toOperationNode: {},
    },
    anyMember: { returns: "Builder" },
    sentBy: "execute",
  },
  Sql: {
    role: "value",
    tag: sqlText,
    members: { raw: sqlText, val: piece, ref: piece, table: piece, id: piece, lit: piece, join: piece },
  },
  RawBuilder: {
    role: "sql",
    members: {
      execute: { effects: [{ does: "runs", sql: "receiver", on: { argument: 0 } }] },
      as: {},
      $castTo: { returns: "RawBuilder" },
      $notNull: { returns: "RawBuilder" },
      withPlugin: { returns: "RawBuilder" },
      compile: {},
    },
  },
  CompiledQueryFactory: { role: "value", members: { raw: { ...sqlText, returns: "CompiledQuery" } } },
  CompiledQuery: { role: "sql" },
  /** What the dialect hands to its hooks. */
  DatabaseConnection: {
    role: "session",
    members: { executeQuery: { effects: [{ does: "runs", sql: { argument: 0 } }] }, streamQuery: {} },
  },
  PostgresDialect: {
    role: "value",
    new: { effects: [{ does: "wraps", handle: { argument: 0, property: "pool" } }] },
  },
  MysqlDialect: { role: "value", foreign: true, new: {} },
  MssqlDialect: { role: "value", foreign: true, new: {} },
  SqliteDialect: { role: "value", foreign: true, new: {} },
  Migrator: {
    role: "value",
    new: { effects: [{ does: "wraps", handle: { argument: 0, property: "db" } }] },
    members: {
      migrateToLatest: { effects: [{ does: "migrates", lock: "session" }] },
      migrateTo: { effects: [{ does: "migrates", lock: "session" }] },
      migrateUp: { effects: [{ does: "migrates", lock: "session" }] },
      migrateDown: { effects: [{ does: "migrates", lock: "session" }] },
    },
  },
  Value: { role: "value", names: [] },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;

/** Kysely, whose PostgreSQL dialect runs on a pg pool that the application opens. */
export const kysely: Driver = {
  name: "kysely",
  label: "Kysely",
  language: "javascript",
  documentation: "https://kysely.dev/docs/dialects",
  modules: {
    kysely: {
      Kysely: { class: "Kysely" },
      Transaction: { class: "Transaction" },
      ControlledTransaction: { class: "ControlledTransaction" },
      PostgresDialect: { class: "PostgresDialect" },
      MysqlDialect: { class: "MysqlDialect" },
      MssqlDialect: { class: "MssqlDialect" },
      SqliteDialect: { class: "SqliteDialect" },
      Migrator: { class: "Migrator" },
      sql: { value: "Sql" },
      CompiledQuery: { value: "CompiledQueryFactory" },
    },
    "kysely/migration": { Migrator: { class: "Migrator" } },
  },
  types,
  options: {
    pool: { means: "handle" },
    onCreateConnection: { means: "connect hook", handed: ["DatabaseConnection"] },
    onReserveConnection: { means: "connect hook", handed: ["DatabaseConnection"] },
  },
  pool: givenPool,
  applicationName: {},
  statements: "unnamed",
};
