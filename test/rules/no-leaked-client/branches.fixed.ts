import { pool } from "./db.ts";

export async function earlyReturn(id: number) {
  const client = await pool.connect();
  try {
    const { rows } = await client.query("select * from orders where id = $1", [id]);
    if (rows.length === 0) return undefined;
    return rows[0];
  } catch (error) {
    throw error;
  } finally {
    client.release();
  }
}

export async function releasedInCatchOnly(id: number) {
  const client = await pool.connect();
  try {
    await client.query("delete from orders where id = $1", [id]);
  } catch (error) {
    throw error;
  } finally {
    client.release();
  }
}

export async function inALoop(ids: readonly number[]) {
  for (const id of ids) {
    const client = await pool.connect();
    try {
      const { rowCount } = await client.query("delete from orders where id = $1", [id]);
      if (rowCount === 0) continue;
    } finally {
      client.release();
    }
  }
}

export async function rolledBackButKept(item: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export async function neverReleased() {
  const client = await pool.connect();
  try {
    return await client.query("select now()");
  } finally {
    client.release();
  }
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
  const client = await pool.connect();
  try {
    const [, result] = await nearlySettled(query, report);
    return result;
  } finally {
    client.release();
  }
}

export async function triesAgain() {
  for (let attempt = 1; attempt < 10; attempt++) {
    try {
      const client = await pool.connect();
      try {
        await client.query("select 1");
        return;
      } finally {
        client.release();
      }
    } catch {
      console.log("not yet");
    }
  }
}
