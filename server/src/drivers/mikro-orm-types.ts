import type { Member, TypeDescriptor } from "../core/driver.ts";
import { knexTypes } from "./knex.ts";

const runs: Member = { effects: [{ does: "runs" }] };
const opens: Member = { effects: [{ does: "opens", options: 0 }], returns: "MikroORM" };
const chain: Member = { returns: { type: "EntityManager", same: true } };
const migrates: Member = { effects: [{ does: "migrates" }] };
/** Writes what has changed in a transaction of its own where there is none. */
const flushes: Member = { effects: [{ does: "runs", implicitTransaction: true }] };

const reads = {
  find: runs,
  findAll: runs,
  findAndCount: runs,
  findByCursor: runs,
  findOne: runs,
  findOneOrFail: runs,
  upsert: runs,
  upsertMany: runs,
  insert: runs,
  insertMany: runs,
  nativeUpdate: runs,
  nativeDelete: runs,
  count: runs,
  populate: runs,
} as const satisfies Readonly<Record<string, Member>>;

/** The values of MikroORM, of its decorators and of its NestJS module. */
export const mikroOrmTypes = {
  /** Version 6 and older hand out knex. */
  ...knexTypes,
  MikroORM: {
    role: "pool",
    new: { effects: [{ does: "opens", options: 0 }] },
    statics: { init: opens, initSync: opens },
    members: {
      connect: {},
      close: { effects: [{ does: "ends" }] },
      isConnected: {},
    },
    properties: {
      em: { type: "EntityManager", same: true },
      migrator: { type: "MikroMigrator", same: true },
      schema: { type: "SchemaGenerator", same: true },
    },
    dispose: { effects: [{ does: "ends" }] },
  },
  EntityManager: {
    role: "pool",
    names: ["EntityManager", "SqlEntityManager"],
    members: {
      ...reads,
      transactional: {
        effects: [{ does: "runs in transaction", callback: { argument: 0 }, ambient: "async local storage" }],
        calls: [{ callback: { argument: 0 }, with: ["TransactionalEntityManager"] }],
      },
      begin: { effects: [{ does: "begins", handle: "receiver" }] },
      commit: { effects: [{ does: "commits" }] },
      rollback: { effects: [{ does: "rolls back" }] },
      flush: flushes,
      persistAndFlush: flushes,
      removeAndFlush: flushes,
      persist: chain,
      remove: chain,
      /** A manager of its own, which is in no transaction of this one. */
      fork: { returns: "EntityManager" },
      lock: runs,
      refresh: runs,
      stream: runs,
      execute: { effects: [{ does: "runs", sql: { argument: 0 } }] },
      getConnection: { returns: { type: "Connection", same: true } },
      getDriver: { returns: { type: "MikroDriver", same: true } },
      getKnex: { returns: { type: "Knex", same: true } },
      createQueryBuilder: { returns: "SqlQueryBuilder" },
      qb: { returns: "SqlQueryBuilder" },
      getRepository: { returns: "EntityRepository" },
      create: {},
      assign: {},
      merge: {},
      map: {},
      getReference: {},
      clear: {},
    },
  },
  TransactionalEntityManager: { role: "transaction", names: [], extends: "EntityManager" },
  EntityRepository: {
    role: "query",
    names: ["EntityRepository", "SqlEntityRepository"],
    members: {
      ...reads,
      persistAndFlush: flushes,
      removeAndFlush: flushes,
      flush: flushes,
      getEntityManager: { returns: { type: "EntityManager", same: true } },
      createQueryBuilder: { returns: "SqlQueryBuilder" },
      qb: { returns: "SqlQueryBuilder" },
    },
  },
  SqlQueryBuilder: {
    role: "query",
    names: ["QueryBuilder"],
    members: {
      execute: runs,
      getResult: runs,
      getResultList: runs,
      getSingleResult: runs,
      getCount: runs,
      getQuery: {},
      getParams: {},
      getFormattedQuery: {},
    },
    anyMember: { returns: "SqlQueryBuilder" },
  },
  Connection: {
    role: "query",
    names: ["AbstractSqlConnection", "PostgreSqlConnection"],
    members: {
      execute: { effects: [{ does: "runs", sql: { argument: 0 }, on: { argument: 3 } }] },
      transactional: {
        effects: [{ does: "runs in transaction", callback: { argument: 0 } }],
        calls: [{ callback: { argument: 0 }, with: ["Transaction"] }],
      },
      begin: { effects: [{ does: "begins", handle: "result" }], returns: "Transaction" },
      commit: { effects: [{ does: "commits", handle: { argument: 0 } }] },
      rollback: { effects: [{ does: "rolls back", handle: { argument: 0 } }] },
      close: { effects: [{ does: "ends" }] },
      getKnex: { returns: { type: "Knex", same: true } },
    },
  },
  /** Kysely's connection (pg's up to version 6), in the hooks. */
  NewConnection: {
    role: "session",
    names: [],
    members: {
      query: { effects: [{ does: "runs", sql: { argument: 0 } }] },
      executeQuery: { effects: [{ does: "runs", sql: { argument: 0 } }] },
    },
  },
  MikroDriver: { role: "query", members: { getConnection: { returns: { type: "Connection", same: true } } } },
  MikroMigrator: { role: "query", names: ["Migrator"], members: { up: migrates, down: migrates } },
  SchemaGenerator: {
    role: "query",
    names: ["SchemaGenerator"],
    members: { create: migrates, update: migrates, drop: migrates, refresh: migrates },
  },
  PostgreSqlDriver: { role: "value" },
  /** Its method runs in a transaction that the managers inside find by themselves. */
  Transactional: {
    role: "value",
    call: { effects: [{ does: "runs in transaction", callback: "decorated", ambient: "async local storage" }] },
  },
  DefineConfig: { role: "value", call: { effects: [{ does: "passes through", handle: { argument: 0 } }] } },
  MikroOrmModule: {
    role: "value",
    statics: {
      forRoot: opens,
      forRootAsync: { effects: [{ does: "opens", options: 0, factory: "useFactory" }], returns: "MikroORM" },
      forFeature: {},
    },
  },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;
