// Opens a pool of any library with the settings that a proof hands over, as dotted paths into the library's own options.

let query;

/** Opens the pool of the library with that label; `parameters` go into the URL's query. */
export async function open(label, settings, parameters) {
  const url = new URL(process.env.DATABASE_URL);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  query = await libraries[label](url.href, (options) => withSettings(options, settings));
}

/** Asks so many things at the same time. */
export async function askAtOnce(times) {
  await Promise.all(Array.from({ length: times }, () => query("select 1 as one")));
}

/** Sends a statement and gives the rows back. */
export async function ask(text) {
  const rows = await query(text);
  return rows.map((row) => ({ ...row }));
}

const libraries = {
  "node-postgres": async (url, options) => {
    const { default: pg } = await import("pg");
    const pool = new pg.Pool(options({ connectionString: url }));
    return async (text) => (await pool.query(text)).rows;
  },
  "postgres.js": async (url, options) => {
    const { default: postgres } = await import("postgres");
    const sql = postgres(url, options({ prepare: false }));
    return (text) => sql.unsafe(text);
  },
  Knex: async (url, options) => {
    const { default: knex } = await import("knex");
    const db = knex(options({ client: "pg", connection: { connectionString: url } }));
    return async (text) => (await db.raw(text)).rows;
  },
  Sequelize: async (url, options) => {
    const { Sequelize } = await import("sequelize");
    const db = new Sequelize(url, options({ logging: false }));
    return async (text) => (await db.query(text))[0];
  },
  TypeORM: async (url, options) => {
    const { DataSource } = await import("typeorm");
    const db = new DataSource(options({ type: "postgres", url }));
    await db.initialize();
    return (text) => db.query(text);
  },
  "Drizzle (node-postgres)": async (url, options) => {
    const { drizzle } = await import("drizzle-orm/node-postgres");
    const db = drizzle(options({ connection: { connectionString: url } }));
    return async (text) => (await db.execute(text)).rows;
  },
  "Drizzle (postgres.js)": async (url, options) => {
    const { drizzle } = await import("drizzle-orm/postgres-js");
    const db = drizzle(options({ connection: { url, prepare: false } }));
    return (text) => db.execute(text);
  },
  Slonik: async (url, options) => {
    const { createPool, sql } = await import("slonik");
    const { createPgDriverFactory } = await import("@slonik/pg-driver");
    // PgBouncer refuses the startup parameters that slonik sends by default.
    const off = { statementTimeout: "DISABLE_TIMEOUT", idleInTransactionSessionTimeout: "DISABLE_TIMEOUT" };
    const pool = await createPool(url, options({ driverFactory: createPgDriverFactory(), ...off }));
    return async (text) => (await pool.query(sql.unsafe(Object.assign([text], { raw: Object.freeze([text]) })))).rows;
  },
  "pg-promise": async (url, options) => {
    const { default: pgPromise } = await import("pg-promise");
    const db = pgPromise()(options({ connectionString: url }));
    return (text) => db.any(text);
  },
  MikroORM: async (url, options) => {
    const { EntitySchema, MikroORM } = await import("@mikro-orm/postgresql");
    const Thing = new EntitySchema({ name: "Thing", properties: { id: { type: "number", primary: true } } });
    const orm = await MikroORM.init(options({ clientUrl: url, entities: [Thing] }));
    return (text) => orm.em.getConnection().execute(text);
  },
  "Prisma's adapter for pg": async (url, options) => {
    const { PrismaPg } = await import("@prisma/adapter-pg");
    const adapter = await new PrismaPg(options({ connectionString: url })).connect();
    return async (sql) => {
      const { columnNames, rows } = await adapter.queryRaw({ sql, args: [], argTypes: [] });
      return rows.map((row) => Object.fromEntries(row.map((value, at) => [columnNames[at], value])));
    };
  },
};

function withSettings(options, settings) {
  for (const [path, value] of Object.entries(settings)) {
    const keys = path.split(".");
    const last = keys.pop();
    let holder = options;
    for (const key of keys) {
      holder[key] ??= {};
      holder = holder[key];
    }
    holder[last] = value;
  }
  return options;
}
