import type { Member, TypeDescriptor } from "../core/driver.ts";

const runs: Member = { effects: [{ does: "runs" }] };
/** Wrapped in a transaction of its own where there is none. */
const saves: Member = { effects: [{ does: "runs", implicitTransaction: true }] };
const text: Member = { effects: [{ does: "runs", sql: { argument: 0 } }] };
const repository: Member = { returns: "Repository" };
const migrates: Member = { effects: [{ does: "migrates" }] };

const transaction: Member = {
  effects: [{ does: "runs in transaction", callback: { argument: "last" } }],
  calls: [{ callback: { argument: "last" }, with: ["TransactionManager"] }],
};

/** What an entity manager, a repository and an active record do alike. */
const operations = {
  save: saves,
  remove: saves,
  softRemove: saves,
  recover: saves,
  insert: runs,
  update: runs,
  upsert: runs,
  delete: runs,
  softDelete: runs,
  restore: runs,
  preload: runs,
  exists: runs,
  existsBy: runs,
  count: runs,
  countBy: runs,
  sum: runs,
  average: runs,
  minimum: runs,
  maximum: runs,
  find: runs,
  findBy: runs,
  findAndCount: runs,
  findAndCountBy: runs,
  findOne: runs,
  findOneBy: runs,
  findOneOrFail: runs,
  findOneByOrFail: runs,
  clear: runs,
  increment: runs,
  decrement: runs,
} as const satisfies Readonly<Record<string, Member>>;

/** Static members of an active record; the rest of the operations are its instances'. */
const { recover, softDelete, restore, increment, decrement, ...activeRecord } = operations;

const opensDataSource: Member = { effects: [{ does: "opens", options: 0 }], returns: "DataSource" };

/** The values of TypeORM, of its NestJS module and of typeorm-transactional. */
export const typeormTypes = {
  DataSource: {
    role: "pool",
    names: ["DataSource", "Connection"],
    new: { effects: [{ does: "opens", options: 0 }] },
    members: {
      initialize: { returns: { type: "DataSource", same: true } },
      connect: { returns: { type: "DataSource", same: true } },
      destroy: { effects: [{ does: "ends" }] },
      close: { effects: [{ does: "ends" }] },
      transaction,
      query: { effects: [{ does: "runs", sql: { argument: 0 }, on: { argument: 2 } }] },
      sql: text,
      createQueryBuilder: [
        {
          when: { argument: 0, is: "handle" },
          effects: [{ does: "moves to", handle: { argument: 0 } }],
          returns: "QueryBuilder",
        },
        { effects: [{ does: "moves to", handle: { argument: 2 } }], returns: "QueryBuilder" },
      ],
      createQueryRunner: { effects: [{ does: "acquires", lazily: true }], returns: "QueryRunner" },
      createEntityManager: [
        {
          when: { argument: 0, is: "handle" },
          effects: [{ does: "wraps", handle: { argument: 0 } }],
          returns: "EntityManager",
        },
        { returns: { type: "EntityManager", same: true } },
      ],
      getRepository: repository,
      getTreeRepository: repository,
      runMigrations: migrates,
      undoLastMigration: migrates,
      synchronize: migrates,
      dropDatabase: migrates,
    },
    properties: { manager: { type: "EntityManager", same: true } },
  },
  EntityManager: {
    role: "pool",
    members: {
      ...operations,
      transaction,
      query: text,
      sql: text,
      createQueryBuilder: { returns: "QueryBuilder" },
      getRepository: repository,
      getTreeRepository: repository,
      getCustomRepository: repository,
      withRepository: repository,
      release: { effects: [{ does: "releases" }] },
    },
    properties: {
      connection: { type: "DataSource", same: true },
      dataSource: { type: "DataSource", same: true },
      queryRunner: { type: "QueryRunner", same: true },
    },
  },
  /** The manager that a transaction's callback is called with. Its data source is the outer one. */
  TransactionManager: {
    role: "transaction",
    names: [],
    extends: "EntityManager",
    properties: { connection: "DataSource", dataSource: "DataSource" },
  },
  Repository: {
    role: "query",
    names: ["Repository", "TreeRepository"],
    members: {
      ...operations,
      query: text,
      createQueryBuilder: { effects: [{ does: "moves to", handle: { argument: 1 } }], returns: "QueryBuilder" },
      extend: { returns: { type: "Repository", same: true } },
      findTrees: runs,
      findRoots: runs,
      findDescendants: runs,
      findAncestors: runs,
    },
    properties: { manager: { type: "EntityManager", same: true } },
  },
  /** Active record: the statements go to the data source that the entity was given. */
  BaseEntity: {
    role: "value",
    statics: {
      ...activeRecord,
      query: text,
      createQueryBuilder: { returns: "QueryBuilder" },
      getRepository: repository,
    },
    members: { save: saves, remove: saves, softRemove: saves, recover: saves, reload: runs },
  },
  QueryRunner: {
    role: "session",
    members: {
      connect: { effects: [{ does: "connects" }] },
      startTransaction: { effects: [{ does: "begins", handle: "receiver" }] },
      commitTransaction: { effects: [{ does: "commits" }] },
      rollbackTransaction: { effects: [{ does: "rolls back" }] },
      release: { effects: [{ does: "releases" }] },
      query: text,
      sql: text,
      stream: text,
      getReplicationMode: {},
    },
    properties: { manager: { type: "EntityManager", same: true }, connection: "DataSource", dataSource: "DataSource" },
    /** It commits what is open, then releases. */
    dispose: { effects: [{ does: "commits" }, { does: "releases" }] },
    /** `createTable`, `hasColumn` … */
    anyMember: runs,
  },
  QueryBuilder: {
    role: "query",
    names: [
      "QueryBuilder",
      "SelectQueryBuilder",
      "UpdateQueryBuilder",
      "DeleteQueryBuilder",
      "InsertQueryBuilder",
      "RelationQueryBuilder",
    ],
    members: {
      execute: runs,
      getOne: runs,
      getOneOrFail: runs,
      getMany: runs,
      getManyAndCount: runs,
      getCount: runs,
      getExists: runs,
      getRawOne: runs,
      getRawMany: runs,
      getRawAndEntities: runs,
      stream: runs,
      setQueryRunner: { effects: [{ does: "moves to", handle: { argument: 0 } }], returns: "QueryBuilder" },
      getQuery: {},
      getSql: {},
      getParameters: {},
      getQueryAndParameters: {},
    },
    anyMember: { returns: "QueryBuilder" },
    sentBy: "execute",
  },
  /** The registry and the global functions of typeorm 0.2 and 0.3. */
  ConnectionManager: {
    role: "value",
    members: { create: opensDataSource, get: { returns: "DataSource" }, has: {} },
  },
  CreateConnection: { role: "value", call: opensDataSource },
  GetConnection: { role: "value", call: { returns: "DataSource" } },
  GetManager: { role: "value", call: { returns: "EntityManager" } },
  GetRepository: { role: "value", call: repository },
  GetQueryBuilder: { role: "value", call: { returns: "QueryBuilder" } },
  GetConnectionManager: { role: "value", call: { returns: "ConnectionManager" } },
  TypeOrmModule: {
    role: "value",
    statics: {
      forRoot: opensDataSource,
      forRootAsync: { effects: [{ does: "opens", options: 0, factory: "useFactory" }], returns: "DataSource" },
      forFeature: {},
    },
  },
  /** typeorm-transactional: repositories and data sources find the transaction by themselves. */
  RunInTransaction: {
    role: "value",
    call: {
      effects: [{ does: "runs in transaction", callback: { argument: 0 }, ambient: "async local storage" }],
      calls: [{ callback: { argument: 0 }, with: [] }],
    },
  },
  Transactional: {
    role: "value",
    call: { effects: [{ does: "runs in transaction", callback: "decorated", ambient: "async local storage" }] },
  },
  AddTransactionalDataSource: {
    role: "value",
    call: { effects: [{ does: "passes through", handle: { argument: 0 } }], returns: "DataSource" },
  },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;
