import { dataSource } from "./typeorm-db.ts";

export async function rename(id: number, name: string) {
  await dataSource.query("BEGIN"); // want error "`BEGIN` goes through `dataSource.query`"
  await dataSource.query("update customers set name = $2 where id = $1", [id, name]);
  await dataSource.query("COMMIT");
}

export async function viaManager(id: number) {
  await dataSource.manager.query("START TRANSACTION"); // want error "goes through `dataSource.manager.query`"
  await dataSource.manager.query("delete from customers where id = $1", [id]);
  await dataSource.manager.query("COMMIT");
}
