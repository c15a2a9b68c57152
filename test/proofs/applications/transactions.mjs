// A transfer that fails half-way, in each library: with a transaction that the caller must end and does not,
// and with the library's own callback form, which ends it.

const url = process.env.DATABASE_URL;
const credit = "update accounts set balance = balance + 1000 where id = 2";
const application_name = "orders-api";

function fail() {
  throw new Error("not enough money");
}

/** Begins by hand and fails before anything ends the transaction. */
export async function begun(label) {
  const { begin } = await libraries[label]();
  await begin();
  fail();
}

/** Fails in the library's callback form. */
export async function managed(label) {
  const { manage } = await libraries[label]();
  await manage();
}

const libraries = {
  "postgres.js": async () => {
    const { default: postgres } = await import("postgres");
    const sql = postgres(url, { prepare: false, connection: { application_name } });
    // 3.4.9 hangs in reserve() while no connection is open yet, also directly on PostgreSQL.
    await sql`select 1`;
    return {
      begin: async () => {
        const reserved = await sql.reserve();
        await reserved`BEGIN`;
        await reserved.unsafe(credit);
      },
      manage: () =>
        sql.begin(async (tx) => {
          await tx.unsafe(credit);
          fail();
        }),
    };
  },
  Knex: async () => {
    const { default: knex } = await import("knex");
    const db = knex({
      client: "pg",
      connection: { connectionString: url, application_name },
      pool: { min: 0, max: 5 },
    });
    return {
      begin: async () => {
        const trx = await db.transaction();
        await trx.raw(credit);
      },
      manage: () =>
        db.transaction(async (trx) => {
          await trx.raw(credit);
          fail();
        }),
    };
  },
  Sequelize: async () => {
    const { Sequelize } = await import("sequelize");
    const db = new Sequelize(url, { logging: false, dialectOptions: { application_name } });
    return {
      begin: async () => {
        const transaction = await db.transaction();
        await db.query(credit, { transaction });
      },
      manage: () =>
        db.transaction(async (transaction) => {
          await db.query(credit, { transaction });
          fail();
        }),
    };
  },
  TypeORM: async () => {
    const { DataSource } = await import("typeorm");
    const db = await new DataSource({ type: "postgres", url, applicationName: application_name }).initialize();
    return {
      begin: async () => {
        const runner = db.createQueryRunner();
        await runner.startTransaction();
        await runner.query(credit);
      },
      manage: () =>
        db.transaction(async (manager) => {
          await manager.query(credit);
          fail();
        }),
    };
  },
  Kysely: async () => {
    const { CompiledQuery, Kysely, PostgresDialect } = await import("kysely");
    const { default: pg } = await import("pg");
    const pool = new pg.Pool({ connectionString: url, application_name });
    const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
    return {
      begin: async () => {
        const trx = await db.startTransaction().execute();
        await trx.executeQuery(CompiledQuery.raw(credit));
      },
      manage: () =>
        db.transaction().execute(async (trx) => {
          await trx.executeQuery(CompiledQuery.raw(credit));
          fail();
        }),
    };
  },
  "pg-promise": async () => {
    const { default: pgPromise } = await import("pg-promise");
    const db = pgPromise()({ connectionString: url, application_name });
    return {
      begin: async () => {
        const connection = await db.connect();
        await connection.none("BEGIN");
        await connection.none(credit);
      },
      manage: () =>
        db.tx(async (t) => {
          await t.none(credit);
          fail();
        }),
    };
  },
  MikroORM: async () => {
    const { EntitySchema, MikroORM } = await import("@mikro-orm/postgresql");
    const Thing = new EntitySchema({ name: "Thing", properties: { id: { type: "number", primary: true } } });
    const orm = await MikroORM.init({ clientUrl: url, entities: [Thing], driverOptions: { application_name } });
    return {
      begin: async () => {
        const em = orm.em.fork();
        await em.begin();
        await em.execute(credit);
      },
      manage: () =>
        orm.em.fork().transactional(async (em) => {
          await em.execute(credit);
          fail();
        }),
    };
  },
};
