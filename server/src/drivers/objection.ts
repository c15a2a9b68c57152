import type { Driver, Member, TypeDescriptor } from "../core/driver.ts";
import { knex, knexOptions, knexTypes } from "./knex.ts";

/** Runs on the transaction or knex that is its argument, else on the knex that the model is bound to. */
const queryOn = (argument: number): Member => ({
  effects: [{ does: "moves to", handle: { argument } }],
  returns: "ModelQuery",
});

const bound: Member = { effects: [{ does: "moves to", handle: { argument: 0 } }], returns: "ModelClass" };

const transaction: Member = {
  effects: [{ does: "runs in transaction", callback: { argument: "last" }, on: { argument: 0 } }],
  calls: [{ callback: { argument: "last" }, with: ["Transaction"] }],
};

const begins: Member = { effects: [{ does: "begins", handle: "result" }], returns: "Transaction" };

const statics = {
  query: queryOn(0),
  relatedQuery: queryOn(1),
  knexQuery: { returns: "QueryBuilder" },
  transaction,
  startTransaction: begins,
  bindKnex: bound,
  bindTransaction: bound,
  knex: { returns: "Knex" },
  fetchGraph: { effects: [{ does: "runs" }] },
} as const satisfies Readonly<Record<string, Member>>;

const types = {
  ...knexTypes,
  Transaction: { ...knexTypes.Transaction, names: ["Transaction"] },
  Model: {
    role: "value",
    statics,
    members: { $query: queryOn(0), $relatedQuery: queryOn(1), $fetchGraph: { effects: [{ does: "runs" }] } },
  },
  /** A model class as a value: what `bindKnex` returns. */
  ModelClass: { role: "query", members: statics },
  ModelQuery: {
    role: "query",
    names: ["QueryBuilder"],
    members: {
      transacting: { effects: [{ does: "moves to", handle: { argument: 0 } }], returns: "ModelQuery" },
      connection: { effects: [{ does: "moves to", handle: { argument: 0 } }], returns: "ModelQuery" },
      execute: { effects: [{ does: "runs" }] },
      resultSize: { effects: [{ does: "runs" }] },
      toKnexQuery: { returns: "QueryBuilder" },
    },
    anyMember: { returns: "ModelQuery" },
  },
  TransactionFunction: { role: "value", names: [], call: transaction, members: { start: begins } },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;

/** objection, which runs on a knex that the application makes. */
export const objection: Driver = {
  name: "objection",
  label: "Objection.js",
  language: "javascript",
  documentation: "https://vincit.github.io/objection.js/guide/transactions.html",
  modules: {
    objection: {
      Model: { class: "Model" },
      transaction: { value: "TransactionFunction" },
    },
  },
  types,
  options: knexOptions,
  pool: knex.pool,
  applicationName: knex.applicationName,
  dialect: { postgres: ["pg", "postgres", "postgresql"], schemes: ["postgres", "postgresql"], packages: ["pg"] },
  statements: "unnamed",
};
