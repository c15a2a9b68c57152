import { pipeline } from "node:stream/promises";
import type { Request, Response } from "express";
import type { PoolClient } from "pg";
import QueryStream from "pg-query-stream";
import { pool } from "./db.ts";

export async function controller(req: Request, res: Response) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query("insert into orders (item) values ($1) returning *", [req.body.item]);
    await client.query("COMMIT");
    return res.status(201).json(rows[0]);
  } catch (error) {
    await client.query("ROLLBACK");
    return res.status(500).json({ message: (error as Error).message });
  } finally {
    client.release();
  }
}

export async function retried(item: string, attempts = 3): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect();
    try {
      await client.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
      await client.query("insert into orders (item) values ($1)", [item]);
      await client.query("COMMIT");
      return;
    } catch (error) {
      await client.query("ROLLBACK");
      if ((error as { code?: string }).code === "40001" && attempt < attempts) continue;
      throw error;
    } finally {
      client.release();
    }
  }
}

export async function workThatRollsBack(work: (client: PoolClient) => Promise<number>) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client).catch(async (error) => {
      await client.query("ROLLBACK");
      throw error;
    });
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export async function switched(kind: "add" | "remove" | "none", item: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    switch (kind) {
      case "add":
        await client.query("insert into orders (item) values ($1)", [item]);
        break;
      case "remove":
        await client.query("delete from orders where item = $1", [item]);
        break;
      default:
        await client.query("ROLLBACK");
        return false;
    }
    await client.query("COMMIT");
    return true;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export async function loudFailure(item: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
  client.release();
}

export async function streamed(response: Response) {
  const client = await pool.connect();
  const stream = client.query(new QueryStream("select * from orders"));
  stream.on("end", () => client.release());
  stream.on("error", (error) => client.release(error));
  stream.pipe(response);
}

export async function piped(response: Response) {
  const client = await pool.connect();
  try {
    await pipeline(client.query(new QueryStream("select * from orders")), response);
  } finally {
    client.release();
  }
}

export async function ownOrGiven(item: string, given?: PoolClient) {
  const client = given ?? (await pool.connect());
  try {
    await client.query("insert into orders (item) values ($1)", [item]);
  } finally {
    if (!given) client.release();
  }
}

export async function ownTransactionOrGiven(item: string, given?: PoolClient) {
  const client = given || (await pool.connect());
  const own = !given;
  try {
    if (own) await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    if (own) await client.query("COMMIT");
  } catch (error) {
    if (own) await client.query("ROLLBACK");
    throw error;
  } finally {
    if (own) client.release();
  }
}

export class Transaction {
  private constructor(private readonly client: PoolClient) {}

  static async begin(): Promise<Transaction> {
    const client = await pool.connect();
    await client.query("BEGIN");
    return new Transaction(client);
  }

  query(text: string, values?: unknown[]) {
    return this.client.query(text, values);
  }

  async commit() {
    try {
      await this.client.query("COMMIT");
    } finally {
      this.client.release();
    }
  }

  async [Symbol.asyncDispose]() {
    await this.client.query("ROLLBACK");
    this.client.release();
  }
}

export async function waited() {
  let client: PoolClient | undefined;
  while (!client) {
    try {
      client = await pool.connect();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  await client.query("select 1").finally(() => client?.release());
}
