import { orm } from "./mikro-db.ts";

export async function publish(id: number) {
  const em = orm.em.fork();
  await em.begin();
  try {
    await em.execute("update posts set published = now() where id = ?", [id]);
    await em.commit();
  } catch (error) {
    await em.rollback();
    throw error;
  }
}

export const publishManaged = (id: number) =>
  orm.em.fork().transactional(async (em) => {
    await em.execute("update posts set published = now() where id = ?", [id]);
  });
