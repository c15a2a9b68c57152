// Asks for the state of an order in each library: with a statement that has a name, and with the same without one.

const url = process.env.DATABASE_URL;
const name = "state-of";

let ask;

/** Opens a pool of one connection of that library. `form` is "named" or "unnamed". */
export async function open(label, form) {
  ask = await libraries[label](form === "named");
}

/** The state of an order. */
export async function stateOf(item) {
  const [order] = await ask(item);
  return order?.status ?? "unknown";
}

const text = "select status from orders where item = $1";

const libraries = {
  "node-postgres": async (named) => {
    const { default: pg } = await import("pg");
    const pool = new pg.Pool({ connectionString: url, max: 1 });
    const config = named ? { name, text } : { text };
    return async (item) => (await pool.query({ ...config, values: [item] })).rows;
  },
  "postgres.js": async (named) => {
    const { default: postgres } = await import("postgres");
    const sql = postgres(url, { max: 1, prepare: named });
    return (item) => sql`select status from orders where item = ${item}`;
  },
  Knex: async (named) => {
    const { default: knex } = await import("knex");
    const db = knex({ client: "pg", connection: { connectionString: url }, pool: { min: 0, max: 1 } });
    const query = (item) => db.raw("select status from orders where item = ?", [item]);
    return async (item) => (await (named ? query(item).options({ name }) : query(item))).rows;
  },
  "Drizzle (node-postgres)": async (named) => {
    const { drizzle } = await import("drizzle-orm/node-postgres");
    const { pgTable, text } = await import("drizzle-orm/pg-core");
    const { eq, sql } = await import("drizzle-orm");
    const orders = pgTable("orders", { item: text(), status: text() });
    const db = drizzle(url);
    const byItem = (item) => db.select({ status: orders.status }).from(orders).where(eq(orders.item, item));
    const prepared = named ? byItem(sql.placeholder("item")).prepare(name) : undefined;
    return (item) => (prepared ? prepared.execute({ item }) : byItem(item));
  },
  "pg-promise": async (named) => {
    const { default: pgPromise } = await import("pg-promise");
    const db = pgPromise()({ connectionString: url, max: 1 });
    const { ParameterizedQuery, PreparedStatement } = pgPromise;
    return (values) =>
      db.any(
        named
          ? new PreparedStatement({ name, text, values: [values] })
          : new ParameterizedQuery({ text, values: [values] }),
      );
  },
  "Prisma's adapter for pg": async (named) => {
    const { PrismaPg } = await import("@prisma/adapter-pg");
    const options = named ? { statementNameGenerator: () => name } : {};
    const adapter = await new PrismaPg({ connectionString: url, max: 1 }, options).connect();
    return async (item) => {
      const argTypes = [{ scalarType: "string", arity: "scalar" }];
      const { rows } = await adapter.queryRaw({ sql: text, args: [item], argTypes });
      return rows.map(([status]) => ({ status }));
    };
  },
};
