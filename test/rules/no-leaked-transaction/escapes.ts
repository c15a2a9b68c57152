import { EventEmitter } from "node:events";
import { finish } from "some-framework";
import type { PoolClient } from "pg";
import { pool } from "./db.ts";

/** The caller ends it. */
export async function begin(): Promise<PoolClient> {
  const client = await pool.connect();
  await client.query("BEGIN");
  return client;
}

/** Somebody else has it; what becomes of it is not known. */
export async function handedOver(item: string) {
  const client = await pool.connect();
  await client.query("BEGIN");
  finish(client);
}

export class UnitOfWork {
  private client: PoolClient | undefined;

  async start() {
    this.client = await pool.connect();
    await this.client.query("BEGIN");
  }

  async commit() {
    await this.client?.query("COMMIT");
    this.client?.release();
  }

  async rollback() {
    await this.client?.query("ROLLBACK");
    this.client?.release();
  }
}

const open = new Map<string, PoolClient>();

export async function openSession(id: string) {
  const client = await pool.connect();
  await client.query("BEGIN");
  open.set(id, client);
}

const events = new EventEmitter();

export async function emitted() {
  const client = await pool.connect();
  await client.query("BEGIN");
  events.emit("begun", client);
}

/** A pair of functions that share the client. */
export async function transactionScope() {
  const client = await pool.connect();
  await client.query("BEGIN");
  return {
    query: (text: string, values?: unknown[]) => client.query(text, values),
    commit: async () => {
      await client.query("COMMIT");
      client.release();
    },
    rollback: async () => {
      await client.query("ROLLBACK");
      client.release();
    },
  };
}
