import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { integer, pgTable } from "drizzle-orm/pg-core";
import createKnex from "knex";
import { Pool } from "pg";
import pgPromise, { PreparedStatement } from "pg-promise";

const pool = new Pool({ application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

const orders = pgTable("orders", { id: integer("id") });
const db = drizzle(pool);

export const byId = db.select().from(orders).where(eq(orders.id, sql.placeholder("id"))).prepare("by_id"); // want error "The statement `by_id` exists on one server connection alone"

const knex = createKnex({ client: "pg", connection: { application_name: "orders-api" }, pool: { min: 0 } });

export const latest = () => knex.raw("select max(id) from orders").options({ name: "latest" }); // want error "The statement `latest`"
export const first = () => knex("orders").min("id").options({ rowMode: "array", name: "first" }); // want error "The statement `first`"

const pgp = pgPromise();
const database = pgp({ application_name: "orders-api" });

const find = new pgp.PreparedStatement({ name: "find-order", text: "select item from orders where id = $1" }); // want error "The statement `find-order`"
const remove = new PreparedStatement({ name: "remove-order", text: "delete from orders where id = $1" }); // want error "The statement `remove-order`"

export const found = (id: number) => database.one(find, [id]);
export const removed = (id: number) => database.none(remove, [id]);
export const counted = () => database.one({ name: "count-orders", text: "select count(*) from orders" }); // want error "The statement `count-orders`"

export const prisma = new PrismaClient({
  adapter: new PrismaPg(
    { application_name: "orders-api" },
    {
      statementNameGenerator: ({ sql: text }) => `s${text.length}`, // want error "`statementNameGenerator` gives every statement a name"
    },
  ),
});

export const onOwnPool = new PrismaClient({
  adapter: new PrismaPg(pool, { statementNameGenerator: ({ sql: text }) => `s${text.length}` }), // want error "`statementNameGenerator` gives every statement a name"
});
