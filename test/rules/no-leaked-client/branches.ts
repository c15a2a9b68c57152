import { pool } from "./db.ts";

export async function earlyReturn(id: number) {
  const client = await pool.connect(); // want error "is not released on one path"
  try {
    const { rows } = await client.query("select * from orders where id = $1", [id]);
    if (rows.length === 0) return undefined;
    client.release();
    return rows[0];
  } catch (error) {
    client.release();
    throw error;
  }
}

export async function releasedInCatchOnly(id: number) {
  const client = await pool.connect(); // want error "is not released on one path"
  try {
    await client.query("delete from orders where id = $1", [id]);
  } catch (error) {
    client.release();
    throw error;
  }
}

export async function inALoop(ids: readonly number[]) {
  for (const id of ids) {
    const client = await pool.connect(); // want error "is not released on one path"
    const { rowCount } = await client.query("delete from orders where id = $1", [id]);
    if (rowCount === 0) continue;
    client.release();
  }
}

export async function rolledBackButKept(item: string) {
  const client = await pool.connect(); // want error "is not released on one path"
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
    client.release();
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

export async function neverReleased() {
  const client = await pool.connect(); // want error "is not released"
  return client.query("select now()");
}

async function nearlySettled(query: PromiseLike<unknown>, report: (error: unknown) => Promise<void>) {
  try {
    return [undefined, await query];
  } catch (error) {
    await report(error);
    return [error, undefined];
  }
}

export async function theHelperThrows(query: PromiseLike<unknown>, report: (error: unknown) => Promise<void>) {
  const client = await pool.connect(); // want error "is not released on one path (`nearlySettled()` may throw)"
  const [, result] = await nearlySettled(query, report);
  client.release();
  return result;
}

export async function triesAgain() {
  for (let attempt = 1; attempt < 10; attempt++) {
    try {
      const client = await pool.connect(); // want error "is not released on one path (`client.query()` may throw)"
      await client.query("select 1");
      client.release();
      return;
    } catch {
      console.log("not yet");
    }
  }
}
