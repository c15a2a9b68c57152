// Transactions of each library: what is done inside one with the handle that is, and with one that is not.

const url = process.env.DATABASE_URL;

let library;

/** Opens a pool of so many connections of that library. */
export async function open(label, max) {
  library = await libraries[label](max);
}

/** Orders a book, over the transaction or beside it, and fails. */
export async function orderAndFail(over) {
  await library.transaction(async (tx) => {
    await library.insert(over === "transaction" ? tx : library.outer, "book");
    throw new Error("not enough money");
  });
}

/** Orders a book, and a lamp over the transaction or beside it. */
export async function orderTwo(over) {
  await library.transaction(async (tx) => {
    await library.insert(tx, "book");
    await library.insert(over === "transaction" ? tx : library.outer, "lamp");
  });
}

let late;

/** Orders a book, and a lamp for which nobody waits: it comes after the payment. */
export async function orderLate() {
  await library.transaction(async (tx) => {
    await library.insert(tx, "book");
    late = fetch(process.env.PAYMENTS_URL).then(() => library.insert(tx, "lamp"));
    late.catch(() => {});
  });
}

/** What became of the lamp. */
export async function lateAnswer() {
  await late;
}

const text = "insert into orders (item) values ($1)";

const libraries = {
  "node-postgres": async (max) => {
    const { default: pg } = await import("pg");
    const pool = new pg.Pool({ connectionString: url, max });
    return {
      transaction: async (work) => {
        const client = await pool.connect();
        try {
          await client.query("BEGIN");
          await work(client);
          await client.query("COMMIT");
        } catch (error) {
          await client.query("ROLLBACK");
          throw error;
        } finally {
          client.release();
        }
      },
      outer: pool,
      insert: (on, item) => on.query(text, [item]),
    };
  },
  "postgres.js": async (max) => {
    const { default: postgres } = await import("postgres");
    const sql = postgres(url, { prepare: false, max });
    return {
      transaction: (work) => sql.begin(work),
      outer: sql,
      insert: (on, item) => on`insert into orders (item) values (${item})`,
    };
  },
  Knex: async (max) => {
    const { default: knex } = await import("knex");
    const db = knex({ client: "pg", connection: { connectionString: url }, pool: { min: 0, max } });
    return {
      transaction: (work) => db.transaction(work),
      outer: db,
      insert: (on, item) => on("orders").insert({ item }),
    };
  },
  Sequelize: async (max) => {
    const { Sequelize } = await import("sequelize");
    const db = new Sequelize(url, { logging: false, pool: { max } });
    return {
      transaction: (work) => db.transaction(work),
      outer: null,
      insert: (transaction, item) => db.query(text, { bind: [item], transaction }),
    };
  },
  TypeORM: async (max) => {
    const { DataSource } = await import("typeorm");
    const db = await new DataSource({ type: "postgres", url, poolSize: max }).initialize();
    return { transaction: (work) => db.transaction(work), outer: db, insert: (on, item) => on.query(text, [item]) };
  },
  "Drizzle (node-postgres)": async (max) => {
    const { drizzle } = await import("drizzle-orm/node-postgres");
    return drizzled(drizzle({ connection: { connectionString: url, max } }));
  },
  "Drizzle (postgres.js)": async (max) => {
    const { drizzle } = await import("drizzle-orm/postgres-js");
    return drizzled(drizzle({ connection: { url, prepare: false, max } }));
  },
  Kysely: async (max) => {
    const { Kysely, PostgresDialect } = await import("kysely");
    const { default: pg } = await import("pg");
    const db = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max }) }) });
    return {
      transaction: (work) => db.transaction().execute(work),
      outer: db,
      insert: (on, item) => on.insertInto("orders").values({ item }).execute(),
    };
  },
  Slonik: async (max) => {
    const { createPool, sql } = await import("slonik");
    const { createPgDriverFactory } = await import("@slonik/pg-driver");
    const off = { statementTimeout: "DISABLE_TIMEOUT", idleInTransactionSessionTimeout: "DISABLE_TIMEOUT" };
    const pool = await createPool(url, { driverFactory: createPgDriverFactory(), maxPoolSize: max, ...off });
    return {
      transaction: (work) => pool.transaction(work),
      outer: pool,
      insert: (on, item) => on.query(sql.unsafe`insert into orders (item) values (${item})`),
    };
  },
  "pg-promise": async (max) => {
    const { default: pgPromise } = await import("pg-promise");
    const db = pgPromise()({ connectionString: url, max });
    return { transaction: (work) => db.tx(work), outer: db, insert: (on, item) => on.none(text, [item]) };
  },
  MikroORM: async (max) => {
    const { EntitySchema, MikroORM } = await import("@mikro-orm/postgresql");
    const Thing = new EntitySchema({ name: "Thing", properties: { id: { type: "number", primary: true } } });
    const orm = await MikroORM.init({ clientUrl: url, entities: [Thing], pool: { max } });
    return {
      transaction: (work) => orm.em.fork().transactional(work),
      outer: orm.em.fork(),
      insert: (em, item) => em.execute("insert into orders (item) values (?)", [item]),
    };
  },
};

async function drizzled(db) {
  const { sql } = await import("drizzle-orm");
  return {
    transaction: (work) => db.transaction(work),
    outer: db,
    insert: (on, item) => on.execute(sql`insert into orders (item) values (${item})`),
  };
}
