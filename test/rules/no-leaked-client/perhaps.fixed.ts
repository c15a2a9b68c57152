import type { PoolClient } from "pg";
import type { EntityTarget, ObjectLiteral } from "typeorm";
import { pool } from "./db.ts";
import { dataSource } from "./typeorm-db.ts";

/** Which of them it was, only the function itself knows. */
function repositoryOf(entity: EntityTarget<ObjectLiteral>, options?: { onPrimary?: boolean }) {
  if (options?.onPrimary) return dataSource.createQueryRunner("master").manager.getRepository(entity);
  return dataSource.getRepository(entity);
}

export const count = async (entity: EntityTarget<ObjectLiteral>) => await repositoryOf(entity).count();

export async function names(entity: EntityTarget<ObjectLiteral>) {
  const repository = repositoryOf(entity);
  const rows = await repository.find();
  return rows.map(String);
}

async function clientFor(given?: PoolClient) {
  return given ?? (await pool.connect());
}

export async function rename(id: number, name: string, given?: PoolClient) {
  const client = await clientFor(given);
  await client.query("update customers set name = $2 where id = $1", [id, name]);
  if (client !== given) client.release();
}

async function clientOrNothing(wanted: boolean) {
  if (!wanted) return null;
  return await pool.connect();
}

export async function drop(id: number) {
  const client = await clientOrNothing(true);
  try {
    if (client === null) return;
    await client.query("delete from customers where id = $1", [id]);
  } finally {
    client?.release();
  }
}
