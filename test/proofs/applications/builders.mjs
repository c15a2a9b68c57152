// What becomes of a query builder: told more after it has a name, awaited without being executed; and of a session that is never used.

const url = process.env.DATABASE_URL;

const libraries = {
  Knex: async () => {
    const { default: knex } = await import("knex");
    const db = knex({ client: "pg", connection: url, pool: { min: 0, max: 1 } });
    return {
      grown: () =>
        db.transaction(async (trx) => {
          const query = trx("accounts").update({ balance: 7 });
          query.where({ id: 2 });
          await query;
        }),
    };
  },
  TypeORM: async () => {
    const { DataSource } = await import("typeorm");
    const db = await new DataSource({ type: "postgres", url, poolSize: 1 }).initialize();
    return {
      grown: () =>
        db.transaction(async (manager) => {
          const builder = manager.createQueryBuilder().update("accounts").set({ balance: 7 });
          builder.where("id = 2");
          await builder.execute();
        }),
      awaited: () =>
        db.transaction(async (manager) => {
          await manager.createQueryBuilder().update("accounts").set({ balance: 7 }).where("id = 2");
        }),
      unused: async () => {
        const runners = [db.createQueryRunner("master"), db.createQueryRunner("master")];
        const [row] = await db.query("select balance from accounts where id = 2");
        return { runners: runners.length, balance: row.balance };
      },
    };
  },
  Kysely: async () => {
    const { Kysely, PostgresDialect } = await import("kysely");
    const { default: pg } = await import("pg");
    const db = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }) });
    return {
      awaited: () =>
        db.transaction().execute(async (trx) => {
          await trx.updateTable("accounts").set({ balance: 7 }).where("id", "=", 2);
        }),
    };
  },
};

/** The builder's other half is said in a statement of its own. */
export const grown = async (label) => void (await (await libraries[label]()).grown());

/** Awaited, and never executed. */
export const awaited = async (label) => void (await (await libraries[label]()).awaited());

/** Twice as many runners as the pool has connections, and a query beside them. */
export const unused = async (label) => await (await libraries[label]()).unused();
