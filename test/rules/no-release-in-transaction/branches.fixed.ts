import { pool } from "./db.ts";

export async function claim(job: number, worker: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query("select worker from jobs where id = $1 for update", [job]);
    if (rows[0].worker) {
      await client.query("ROLLBACK");
      client.release();
      return false;
    }
    await client.query("update jobs set worker = $2 where id = $1", [job, worker]);
    await client.query("COMMIT");
    client.release();
    return true;
  } catch (error) {
    await client.query("ROLLBACK");
    client.release();
    throw error;
  }
}

export async function logOnly(item: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    console.error(error);
  } finally {
    client.release();
  }
}
