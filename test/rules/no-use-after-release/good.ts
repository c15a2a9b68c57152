import { pool } from "./db.ts";

export async function onEachPathOnce(id: number) {
  const client = await pool.connect();
  try {
    const { rows } = await client.query("select * from orders where id = $1", [id]);
    if (rows.length === 0) return undefined;
    return rows[0];
  } finally {
    client.release();
  }
}

export async function anotherClient(id: number) {
  let client = await pool.connect();
  try {
    await client.query("select 1");
  } finally {
    client.release();
  }
  client = await pool.connect();
  try {
    await client.query("delete from orders where id = $1", [id]);
  } finally {
    client.release();
  }
}

export async function eachRoundItsOwn(ids: readonly number[]) {
  for (const id of ids) {
    const client = await pool.connect();
    try {
      await client.query("delete from orders where id = $1", [id]);
    } finally {
      client.release();
    }
  }
}

export async function releasedFlag(id: number) {
  const client = await pool.connect();
  let released = false;
  try {
    const { rows } = await client.query("select * from orders where id = $1", [id]);
    client.release();
    released = true;
    return rows;
  } finally {
    if (!released) client.release();
  }
}
