import { Pool } from "pg";

class Db extends Pool {
  async listOrders() {
    return (await this.query("select * from orders")).rows;
  }
}

const db = new Db({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
db.on("error", (error) => console.error(error.message));

export async function clear() {
  const client = await db.connect();
  try {
    await client.query("BEGIN");
    await client.query("delete from carts");
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
