import { pool } from "./db.ts";

export async function rollbackFirst(item: string) {
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

export async function closedInstead(item: string) {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    client.release(failure);
  }
}

export async function rollbackRightBefore(item: string) {
  const client = await pool.connect();
  let done = false;
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
    done = true;
  } finally {
    if (!done) await client.query("ROLLBACK");
    client.release();
  }
}

export async function wholeTextAtOnce() {
  const client = await pool.connect();
  try {
    await client.query("BEGIN; update counters set value = value + 1; COMMIT");
  } finally {
    client.release();
  }
}

export async function destroyed(item: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

export async function withComments(work: () => Promise<void>) {
  const client = await pool.connect();
  try {
    await client.query("begin; -- not logged");
    try {
      await work();
    } finally {
      await client.query("/* not logged */ rollback");
    }
  } finally {
    client.release();
  }
}
