import { Pool } from "pg";

class Db extends Pool {
  async listOrders() {
    return (await this.query("select * from orders")).rows;
  }
}

const db = new Db({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
db.on("error", (error) => console.error(error.message));

export async function clear() {
  await db.query("BEGIN"); // want error "`BEGIN` goes through `db.query`"
  await db.query("delete from carts");
  await db.query("COMMIT");
}
