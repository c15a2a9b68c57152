/** How the snippets of one library are put together: the pool's file, then the transaction in a file of its own. */
export interface Use {
  readonly pool: string;
  /** Name that the pool snippet exports. */
  readonly exports: string;
  readonly transactions: readonly { readonly prefix: string; readonly statement: string }[];
  /** Further imports of the second file. */
  readonly imports?: string;
}

const update = '"UPDATE stock SET left = 0"';

const onClient = `await client.query(${update});`;

/** Every `-pool` snippet of TypeScript and JavaScript stands here, and every transaction. */
export const uses: readonly Use[] = [
  {
    pool: "bs-pg-pool",
    exports: "pool",
    transactions: [
      { prefix: "bs-pg-transaction", statement: onClient },
      { prefix: "bs-pg-with-transaction", statement: "" },
    ],
  },
  { pool: "bs-pg-pool-session", exports: "pool", transactions: [] },
  {
    pool: "bs-postgres-pool",
    exports: "sql",
    transactions: [{ prefix: "bs-postgres-transaction", statement: "await tx`UPDATE stock SET left = 0`;" }],
  },
  {
    pool: "bs-knex-pool",
    exports: "db",
    transactions: [{ prefix: "bs-knex-transaction", statement: 'await trx("stock").update({ left: 0 });' }],
  },
  { pool: "bs-knex-pool-session", exports: "db", transactions: [] },
  {
    pool: "bs-sequelize-pool",
    exports: "sequelize",
    transactions: [
      { prefix: "bs-sequelize-transaction", statement: `await sequelize.query(${update}, { transaction });` },
    ],
  },
  { pool: "bs-sequelize-pool-session", exports: "sequelize", transactions: [] },
  {
    pool: "bs-sequelize7-pool",
    exports: "sequelize",
    transactions: [
      { prefix: "bs-sequelize-transaction", statement: `await sequelize.query(${update}, { transaction });` },
    ],
  },
  {
    pool: "bs-typeorm-pool",
    exports: "dataSource",
    transactions: [
      { prefix: "bs-typeorm-transaction", statement: `await manager.query(${update});` },
      { prefix: "bs-typeorm-query-runner", statement: `await queryRunner.query(${update});` },
    ],
  },
  {
    pool: "bs-drizzle-pg-pool",
    exports: "db",
    transactions: [{ prefix: "bs-drizzle-transaction", statement: "await tx.select();" }],
  },
  {
    pool: "bs-drizzle-postgres-pool",
    exports: "db",
    transactions: [{ prefix: "bs-drizzle-transaction", statement: "await tx.select();" }],
  },
  {
    pool: "bs-kysely-pool",
    exports: "db",
    transactions: [{ prefix: "bs-kysely-transaction", statement: 'await trx.deleteFrom("stock").execute();' }],
  },
  {
    pool: "bs-slonik-pool",
    exports: "pool",
    imports: 'import { sql } from "slonik";',
    transactions: [
      { prefix: "bs-slonik-transaction", statement: "await connection.query(sql.unsafe`UPDATE stock SET left = 0`);" },
    ],
  },
  {
    pool: "bs-pg-promise-pool",
    exports: "db",
    transactions: [{ prefix: "bs-pg-promise-transaction", statement: `await t.none(${update});` }],
  },
  {
    pool: "bs-mikro-orm-pool",
    exports: "orm",
    transactions: [{ prefix: "bs-mikro-orm-transaction", statement: "await em.flush();" }],
  },
  {
    pool: "bs-prisma-pool",
    exports: "prisma",
    transactions: [{ prefix: "bs-prisma-transaction", statement: "await tx.$executeRaw`UPDATE stock SET left = 0`;" }],
  },
  { pool: "bs-neon-pool", exports: "pool", transactions: [{ prefix: "bs-neon-transaction", statement: onClient }] },
  {
    pool: "bs-objection-pool",
    exports: "db",
    imports: 'import { Model } from "objection";',
    transactions: [{ prefix: "bs-objection-transaction", statement: "await Model.query(trx).patch({ left: 0 });" }],
  },
];
