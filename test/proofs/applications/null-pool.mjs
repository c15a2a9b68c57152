// Opens a pool of each library, as it is by default and in its NullPool form, and asks three things at once.
// The settings are the ones that facts about the libraries name; what is left afterwards is the proof.

const url = process.env.DATABASE_URL;
const ask = "select 1 as one";
const three = (one) => Promise.all([one(), one(), one()]);

const libraries = {
  pg: async (form) => {
    const { default: pg } = await import("pg");
    const pool = new pg.Pool({ connectionString: url, ...(form === "null" && { maxUses: 1 }) });
    await three(() => pool.query(ask));
  },
  postgres: async (form) => {
    const { default: postgres } = await import("postgres");
    const sql = postgres(url, { prepare: false, ...(form === "null" && { idle_timeout: 0.001 }) });
    await three(() => sql`select 1 as one`);
  },
  knex: async (form) => {
    const { default: knex } = await import("knex");
    const pool = { min: 0, max: 5, idleTimeoutMillis: 1, reapIntervalMillis: 1 };
    const db = knex({ client: "pg", connection: url, ...(form === "null" && { pool }) });
    await three(() => db.raw(ask));
  },
  sequelize: async (form) => {
    const { Sequelize } = await import("sequelize");
    const db = new Sequelize(url, { logging: false, ...(form === "null" && { pool: { maxUses: 1 } }) });
    await three(() => db.query(ask));
  },
  typeorm: async (form) => {
    const { DataSource } = await import("typeorm");
    const db = new DataSource({ type: "postgres", url, ...(form === "null" && { extra: { maxUses: 1 } }) });
    await db.initialize();
    await three(() => db.query(ask));
  },
  "drizzle-orm": async (form) => {
    const { drizzle } = await import("drizzle-orm/node-postgres");
    const db = drizzle({ connection: { connectionString: url, ...(form === "null" && { maxUses: 1 }) } });
    await three(() => db.execute(ask));
  },
  kysely: async (form) => {
    const { CompiledQuery, Kysely, PostgresDialect } = await import("kysely");
    const { default: pg } = await import("pg");
    const pool = new pg.Pool({ connectionString: url, ...(form === "null" && { maxUses: 1 }) });
    const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
    await three(() => db.executeQuery(CompiledQuery.raw(ask)));
  },
  slonik: async (form) => {
    const { createPool, sql } = await import("slonik");
    const { createPgDriverFactory } = await import("@slonik/pg-driver");
    const pool = await createPool(url, {
      driverFactory: createPgDriverFactory(),
      // PgBouncer refuses slonik's default startup parameters.
      statementTimeout: "DISABLE_TIMEOUT",
      idleInTransactionSessionTimeout: "DISABLE_TIMEOUT",
      ...(form === "null" && { idleTimeout: 1 }),
    });
    await three(() => pool.query(sql.unsafe`select 1 as one`));
  },
  "pg-promise": async (form) => {
    const { default: pgPromise } = await import("pg-promise");
    const db = pgPromise()({ connectionString: url, ...(form === "null" && { maxUses: 1 }) });
    await three(() => db.any(ask));
  },
  "@mikro-orm/postgresql": async (form) => {
    const { EntitySchema, MikroORM } = await import("@mikro-orm/postgresql");
    const Thing = new EntitySchema({ name: "Thing", properties: { id: { type: "number", primary: true } } });
    const orm = await MikroORM.init({
      clientUrl: url,
      entities: [Thing],
      ...(form === "null" && { driverOptions: { maxUses: 1 } }),
    });
    await three(() => orm.em.getConnection().execute(ask));
  },
  "@prisma/adapter-pg": async (form) => {
    const { PrismaPg } = await import("@prisma/adapter-pg");
    const factory = new PrismaPg({ connectionString: url, ...(form === "null" && { maxUses: 1 }) });
    const adapter = await factory.connect();
    await three(() => adapter.queryRaw({ sql: ask, args: [], argTypes: [] }));
  },
};

export async function askThreeThings(library, form) {
  await libraries[library](form);
}
