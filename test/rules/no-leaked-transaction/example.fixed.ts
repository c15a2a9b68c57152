import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export async function transfer(from: number, to: number, amount: number) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("update accounts set balance = balance + $1 where id = $2", [amount, to]);
    const taken = await client.query("update accounts set balance = balance - $1 where id = $2 and balance >= $1", [
      amount,
      from,
    ]);
    if (taken.rowCount === 0) throw new Error("not enough money");
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
