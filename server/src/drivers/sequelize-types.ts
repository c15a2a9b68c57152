import type { Member, Signature, TypeDescriptor } from "../core/driver.ts";

/** Runs on the transaction in the options of whichever argument has them, else on the pool. */
export const on = { argument: "any", property: "transaction" } as const;
const runs: Member = { effects: [{ does: "runs", on }] };
/** The options are this argument: where it is missing, the statement runs on the pool. */
const runsWith = (argument: number): Member => ({
  effects: [{ does: "runs", on: { argument, property: "transaction" } }],
});
/** Takes no transaction. */
const apart: Member = { effects: [{ does: "runs" }] };
const findsWith = (argument: number): Member => ({
  effects: [{ does: "runs", on: { argument, property: "transaction" } }],
  returns: "Model",
});
/** Opens a transaction of its own where it is given none. */
const implicit: Member = {
  effects: [{ does: "runs", on: { argument: 0, property: "transaction" }, implicitTransaction: true }],
};
/** Yields a model. */
export const model: Member = { returns: "ModelClass" };

const query: Member = [
  {
    when: { argument: 0, is: "object" },
    effects: [{ does: "runs", sql: { argument: 0, property: "query" }, on }],
  },
  { effects: [{ does: "runs", sql: { argument: 0 }, on }] },
];

/** Static members of a model. */
const statics = {
  findAll: runsWith(0),
  findAndCountAll: runsWith(0),
  findByPk: findsWith(1),
  findOne: findsWith(0),
  findOrCreate: implicit,
  findCreateFind: runsWith(0),
  create: findsWith(1),
  bulkCreate: runsWith(1),
  upsert: runsWith(1),
  update: runsWith(1),
  destroy: runsWith(0),
  restore: runsWith(0),
  truncate: runsWith(0),
  increment: runsWith(1),
  decrement: runsWith(1),
  count: runsWith(0),
  max: runsWith(1),
  min: runsWith(1),
  sum: runsWith(1),
  aggregate: runsWith(2),
  sync: apart,
  drop: apart,
  describe: apart,
  build: { returns: "Model" },
} as const satisfies Readonly<Record<string, Member>>;

/** Static members that only version 6 has, or has in this place. */
const scopes = { scope: model, unscoped: model, schema: model } as const satisfies Readonly<Record<string, Member>>;

const managed: Member = {
  when: { argument: "last", is: "function" },
  effects: [{ does: "runs in transaction", callback: { argument: "last" } }],
  calls: [{ callback: { argument: "last" }, with: ["Transaction"] }],
};

const afterConnect: Signature = {
  effects: [{ does: "handles event", event: "connect", callback: { argument: "last" } }],
  calls: [{ callback: { argument: "last" }, with: ["Connection"] }],
};

/** Of all hooks, only this one is of interest. */
const hook: Member = [{ ...afterConnect, when: { argument: 0, is: "string", oneOf: ["afterConnect"] } }, {}];

/** The values of version 6; version 7 has nearly the same. */
export const sequelizeTypes = {
  Sequelize: {
    role: "pool",
    new: [
      { when: { argument: 0, is: "object" }, effects: [{ does: "opens", options: 0 }] },
      { when: { argument: 1, is: "object" }, effects: [{ does: "opens", url: 0, options: 1 }] },
      { when: { argument: 2, is: "absent" }, effects: [{ does: "opens", url: 0, options: 1 }] },
      {
        when: { argument: 2, is: "object" },
        effects: [{ does: "opens", options: 2, positional: { 0: "database", 1: "user" } }],
      },
      { effects: [{ does: "opens", options: 3, positional: { 0: "database", 1: "user", 2: "password" } }] },
    ],
    statics: { useCLS: { effects: [{ does: "enables ambient transactions" }] } },
    members: {
      transaction: [managed, { effects: [{ does: "begins", handle: "result" }], returns: "Transaction" }],
      query,
      define: model,
      model,
      getQueryInterface: { returns: "QueryInterface" },
      authenticate: runs,
      validate: runs,
      sync: apart,
      drop: apart,
      truncate: runs,
      createSchema: apart,
      dropSchema: apart,
      showAllSchemas: apart,
      close: { effects: [{ does: "ends" }] },
      addHook: hook,
    },
    properties: { models: { type: "Models", same: true } },
  },
  Transaction: {
    role: "transaction",
    members: {
      commit: { effects: [{ does: "commits" }] },
      rollback: { effects: [{ does: "rolls back" }] },
      afterCommit: {},
    },
  },
  Models: { role: "query", anyProperty: { type: "ModelClass", same: true } },
  /** A model as a value: what `define` and `sequelize.models.User` are. */
  ModelClass: { role: "query", names: ["ModelStatic", "ModelCtor"], members: { ...statics, ...scopes } },
  Model: {
    role: "value",
    statics: {
      ...statics,
      ...scopes,
      init: { effects: [{ does: "wraps", handle: { argument: 1, property: "sequelize" } }] },
    },
    members: {
      save: runsWith(0),
      update: runsWith(1),
      destroy: runsWith(0),
      restore: runsWith(0),
      reload: runsWith(0),
      increment: runsWith(1),
      decrement: runsWith(1),
    },
  },
  QueryInterface: { role: "query", anyMember: runs },
  /** A raw pg client, in `afterConnect`. */
  Connection: { role: "session", names: [], members: { query: { effects: [{ does: "runs", sql: { argument: 0 } }] } } },
  SequelizeModule: {
    role: "value",
    statics: {
      forRoot: { effects: [{ does: "opens", options: 0 }], returns: "Sequelize" },
      forRootAsync: { effects: [{ does: "opens", options: 0, factory: "useFactory" }], returns: "Sequelize" },
      forFeature: {},
    },
  },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;
