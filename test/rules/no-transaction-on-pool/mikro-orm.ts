import { orm } from "./mikro-db.ts";

export async function publish(id: number) {
  await orm.em.execute("BEGIN"); // want error "`BEGIN` goes through"
  await orm.em.execute("update posts set published = now() where id = ?", [id]);
  await orm.em.execute("COMMIT");
}
