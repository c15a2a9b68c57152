import { dataSource } from "./typeorm-db.ts";

export async function rename(id: number, name: string) {
  await dataSource.transaction(async (manager) => {
    await manager.query("update customers set name = $2 where id = $1", [id, name]);
  });
}

export async function viaManager(id: number) {
  await dataSource.manager.transaction(async (manager) => {
    await manager.query("delete from customers where id = $1", [id]);
  });
}
