import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api", max: 1 });
pool.on("error", (error) => console.error(error.message));

export async function transfer(from: number, to: number, amount: number) {
  try {
    await pool.query("BEGIN"); // want error "`BEGIN` goes through `pool.query`, and each statement after it may use another connection"
    await pool.query("update accounts set balance = balance + $1 where id = $2", [amount, to]);
    const taken = await pool.query("update accounts set balance = balance - $1 where id = $2 and balance >= $1", [
      amount,
      from,
    ]);
    if (taken.rowCount === 0) throw new Error("not enough money");
    await pool.query("COMMIT"); // related "`COMMIT` may reach another connection"
  } catch (error) {
    await pool.query("ROLLBACK"); // related "`ROLLBACK` may reach another connection"
    throw error;
  }
}

export async function placeOrder(item: string) {
  await pool.query("insert into orders (item) values ($1)", [item]);
}
