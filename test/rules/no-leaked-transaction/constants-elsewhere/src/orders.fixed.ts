import pool from "./db";
import * as statements from "./statements";

export async function place(item: string) {
  const client = await pool.connect();
  try {
    await client.query(statements.BEGIN);
    await client.query(statements.insertOrder, [item]);
    await client.query(statements.COMMIT);
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
