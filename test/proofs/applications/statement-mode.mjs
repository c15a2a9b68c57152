// What libraries do in one call that looks like one statement: some of it is a transaction of their own.

const url = process.env.DATABASE_URL;

/** Makes an order in that library's way. */
export async function order(library, way) {
  const ways = await libraries[library]();
  await ways[way]();
}

const libraries = {
  Sequelize: async () => {
    const { DataTypes, Sequelize } = await import("sequelize");
    const db = new Sequelize(url, { logging: false });
    const Order = db.define("order", { item: DataTypes.TEXT, status: DataTypes.TEXT }, { timestamps: false });
    return {
      findOrCreate: () => Order.findOrCreate({ where: { item: "book" }, defaults: { status: "new" } }),
      create: () => Order.create({ item: "book", status: "new" }),
    };
  },
  TypeORM: async () => {
    const { DataSource, EntitySchema } = await import("typeorm");
    const columns = { id: { type: "bigint", primary: true, generated: "identity" }, item: { type: "text" } };
    const Order = new EntitySchema({ name: "orders", columns });
    const db = await new DataSource({ type: "postgres", url, entities: [Order] }).initialize();
    const orders = db.getRepository("orders");
    return {
      save: () => orders.save({ item: "book" }),
      "save without a transaction": () => orders.save({ item: "book" }, { transaction: false }),
      insert: () => orders.insert({ item: "book" }),
    };
  },
  MikroORM: async () => {
    const { EntitySchema, MikroORM } = await import("@mikro-orm/postgresql");
    const properties = { id: { type: "bigint", primary: true, autoincrement: true }, item: { type: "text" } };
    const Order = new EntitySchema({ name: "Order", tableName: "orders", properties });
    const make = async (options) => {
      const orm = await MikroORM.init({ clientUrl: url, entities: [Order], ...options });
      const em = orm.em.fork();
      em.create("Order", { item: "book" });
      await em.flush();
    };
    return {
      flush: () => make({}),
      "flush without implicitTransactions": () => make({ implicitTransactions: false }),
    };
  },
  Knex: async () => {
    const { default: knex } = await import("knex");
    const db = knex({ client: "pg", connection: { connectionString: url }, pool: { min: 0, max: 5 } });
    return {
      transaction: () => db.transaction((trx) => trx("orders").insert({ item: "book" })),
      insert: () => db("orders").insert({ item: "book" }),
    };
  },
  Kysely: async () => {
    const { Kysely, PostgresDialect } = await import("kysely");
    const { default: pg } = await import("pg");
    const db = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }) });
    const insert = (on) => on.insertInto("orders").values({ item: "book" }).execute();
    return { transaction: () => db.transaction().execute(insert), insertInto: () => insert(db) };
  },
  "Drizzle (node-postgres)": async () => {
    const { drizzle } = await import("drizzle-orm/node-postgres");
    const { pgTable, text } = await import("drizzle-orm/pg-core");
    const orders = pgTable("orders", { item: text() });
    const db = drizzle(url);
    const insert = (on) => on.insert(orders).values({ item: "book" });
    return { transaction: () => db.transaction(insert), insert: () => insert(db) };
  },
  "postgres.js": async () => {
    const { default: postgres } = await import("postgres");
    const sql = postgres(url, { prepare: false });
    const insert = (on) => on`insert into orders (item) values ('book')`;
    return { begin: () => sql.begin(insert), sql: () => insert(sql) };
  },
  "pg-promise": async () => {
    const { default: pgPromise } = await import("pg-promise");
    const db = pgPromise()(url);
    const insert = (on) => on.none("insert into orders (item) values ('book')");
    return { tx: () => db.tx(insert), none: () => insert(db) };
  },
};
