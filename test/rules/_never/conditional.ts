import type { PoolClient } from "pg";
import { pool } from "./db.ts";

export async function onDemand(item: string, transactional: boolean) {
  const client = await pool.connect();
  try {
    if (transactional) await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    if (transactional) await client.query("COMMIT");
  } catch (error) {
    if (transactional) await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export async function stateFlag(item: string) {
  const client = await pool.connect();
  let open = false;
  try {
    await client.query("BEGIN");
    open = true;
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
    open = false;
  } finally {
    if (open) await client.query("ROLLBACK");
    client.release();
  }
}

export async function oneEndForBoth(item: string) {
  const client = await pool.connect();
  let failure: unknown;
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
  } catch (error) {
    failure = error;
  } finally {
    await client.query(failure ? "ROLLBACK" : "COMMIT");
    client.release();
  }
  if (failure) throw failure;
}

export async function listed(statements: readonly string[]) {
  const client = await pool.connect();
  try {
    for (const statement of ["BEGIN", ...statements, "COMMIT"]) await client.query(statement);
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export const joined = (statements: readonly string[]) => pool.query(["BEGIN", ...statements, "COMMIT"].join(";\n"));

export async function verbs(item: string) {
  const client = await pool.connect();
  const transaction = {
    begin: () => client.query("BEGIN"),
    commit: () => client.query("COMMIT"),
    rollback: () => client.query("ROLLBACK"),
  };
  try {
    await transaction.begin();
    await client.query("insert into orders (item) values ($1)", [item]);
    await transaction.commit();
  } catch (error) {
    await transaction.rollback();
    throw error;
  } finally {
    client.release();
  }
}

export async function labelled(rows: readonly (readonly string[])[]) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    outer: for (const row of rows) {
      for (const item of row) {
        if (item === "") continue outer;
        if (item === "end") break outer;
        await client.query("insert into orders (item) values ($1)", [item]);
      }
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export async function* streamed(): AsyncGenerator<unknown> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("declare orders_cursor cursor for select * from orders");
    for (;;) {
      const { rows } = await client.query("fetch 100 from orders_cursor");
      if (rows.length === 0) break;
      yield* rows;
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export async function savepoints(work: readonly ((client: PoolClient) => Promise<void>)[]) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    for (const [index, step] of work.entries()) {
      await client.query(`SAVEPOINT step_${index}`);
      await step(client).catch(() => client.query(`ROLLBACK TO SAVEPOINT step_${index}`));
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export async function timedOut(item: string, signal: AbortSignal) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    signal.throwIfAborted();
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw new Error("order failed", { cause: error });
  } finally {
    client.release();
  }
}
