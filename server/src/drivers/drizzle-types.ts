import type { Member, TypeDescriptor, TypeName } from "../core/driver.ts";

const builder: Member = { returns: "Builder" };
const sqlText: Member = { effects: [{ does: "builds SQL", text: { argument: 0 } }], returns: "SQL" };
const piece: Member = { returns: "SQL" };

/** `drizzle(pool)`, `drizzle({ client: pool })`, `drizzle(url)`, `drizzle({ connection })`. */
const open: Member = [
  {
    when: { argument: 0, property: "client", is: "present" },
    effects: [{ does: "wraps", handle: { argument: 0, property: "client" } }],
    returns: "Database",
  },
  {
    when: { argument: 0, property: "connection", is: "present" },
    effects: [{ does: "opens", options: 0 }],
    returns: "Database",
  },
  { when: { argument: 0, is: "string" }, effects: [{ does: "opens", url: 0 }], returns: "Database" },
  { effects: [{ does: "wraps", handle: { argument: 0 } }], returns: "Database" },
];

/** The values of Drizzle, whatever driver it runs on. */
export const drizzleTypes = {
  Factory: { role: "value", call: open },
  Migrate: { role: "value", call: { effects: [{ does: "migrates", on: { argument: 0 } }] } },
  Database: {
    role: "pool",
    members: {
      transaction: {
        effects: [{ does: "runs in transaction", callback: { argument: 0 } }],
        calls: [{ callback: { argument: 0 }, with: ["Transaction"] }],
      },
      execute: { effects: [{ does: "runs", sql: { argument: 0 } }] },
      select: builder,
      selectDistinct: builder,
      selectDistinctOn: builder,
      insert: builder,
      update: builder,
      delete: builder,
      refreshMaterializedView: builder,
      with: builder,
      $with: builder,
      $count: builder,
    },
    properties: { query: { type: "Relations", same: true } },
  },
  Transaction: {
    role: "transaction",
    extends: "Database",
    /** Throws, which makes the callback form roll back. */
    members: { rollback: { effects: [{ does: "rolls back" }] } },
  },
  Relations: { role: "query", anyProperty: { type: "RelationalQueryBuilder", same: true } },
  RelationalQueryBuilder: { role: "query", members: { findMany: builder, findFirst: builder } },
  Builder: {
    role: "query",
    members: {
      execute: { effects: [{ does: "runs" }] },
      /** Facts A10. */
      prepare: { effects: [{ does: "prepares", name: { argument: 0 } }], returns: "Builder" },
      toSQL: {},
      getSQL: { returns: "SQL" },
    },
    anyMember: { returns: "Builder" },
  },
  SqlTag: {
    role: "value",
    tag: sqlText,
    members: { raw: sqlText, join: piece, empty: piece, identifier: {}, placeholder: {}, param: {} },
  },
  SQL: { role: "sql", members: { append: {}, as: {}, mapWith: piece, inlineParams: piece, if: piece } },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;

/** The types under which one of the packages exports its database and its transaction. */
export const named = (
  client: TypeName,
  database: readonly string[],
  transaction: readonly string[],
): Readonly<Record<"Database" | "Transaction", TypeDescriptor>> => ({
  Database: {
    ...drizzleTypes.Database,
    names: database,
    properties: { ...drizzleTypes.Database.properties, $client: { type: client, same: true } },
  },
  Transaction: { ...drizzleTypes.Transaction, names: transaction },
});
