// What libraries do when they connect, or what they let one do: statements that change the session.

const url = process.env.DATABASE_URL;
const set = "SET search_path TO tenant_a";

let ask;

/** Opens a pool that sets something in that way, or one of the same library that sets nothing. */
export async function open(way, form) {
  ask = await ways[way](form === "set");
}

/** Uses the pool. */
export async function use() {
  await ask("select 1 as one");
}

const ways = {
  'pool.on("connect")': async (sets) => {
    const { default: pg } = await import("pg");
    const pool = new pg.Pool({ connectionString: url });
    if (sets) pool.on("connect", (client) => client.query(set));
    return (text) => pool.query(text);
  },
  onConnect: async (sets) => {
    const { default: pg } = await import("pg");
    const pool = new pg.Pool({ connectionString: url, ...(sets ? { onConnect: (client) => client.query(set) } : {}) });
    return (text) => pool.query(text);
  },
  searchPath: (sets) => knexed(sets ? { searchPath: ["tenant_a"] } : {}),
  "pool.afterCreate": (sets) =>
    knexed(
      sets
        ? {
            pool: {
              min: 0,
              afterCreate: (connection, done) => connection.query(set, (error) => done(error, connection)),
            },
          }
        : {},
    ),
  schema: async (sets) => {
    const { default: pgPromise } = await import("pg-promise");
    const db = pgPromise(sets ? { schema: "tenant_a" } : {})({ connectionString: url });
    return (text) => db.any(text);
  },
  "onCreateConnection of Kysely": async (sets) => {
    const { CompiledQuery, Kysely, PostgresDialect } = await import("kysely");
    const { default: pg } = await import("pg");
    const onCreateConnection = sets ? (connection) => connection.executeQuery(CompiledQuery.raw(set)) : undefined;
    const pool = new pg.Pool({ connectionString: url });
    const db = new Kysely({ dialect: new PostgresDialect({ pool, onCreateConnection }) });
    return (text) => db.executeQuery(CompiledQuery.raw(text));
  },
  "onCreateConnection of MikroORM": async (sets) => {
    const { EntitySchema, MikroORM } = await import("@mikro-orm/postgresql");
    // MikroORM hands over a connection of the Kysely that it is built on.
    const { CompiledQuery } = await import("kysely");
    const onCreateConnection = sets ? (connection) => connection.executeQuery(CompiledQuery.raw(set)) : undefined;
    const Thing = new EntitySchema({ name: "Thing", properties: { id: { type: "number", primary: true } } });
    const orm = await MikroORM.init({ clientUrl: url, entities: [Thing], onCreateConnection });
    return (text) => orm.em.fork().execute(text);
  },
  defaults: async (sets) => {
    const { Sequelize } = await import("sequelize");
    const dialectOptions = sets ? {} : { clientMinMessages: "ignore" };
    const db = new Sequelize(url, { logging: false, dialectOptions });
    return (text) => db.query(text);
  },
};

async function knexed(options) {
  const { default: knex } = await import("knex");
  const db = knex({ client: "pg", connection: { connectionString: url }, ...options });
  return (text) => db.raw(text);
}
