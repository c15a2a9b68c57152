import { dataSource } from "./typeorm-db.ts";

export async function rename(id: number, name: string) {
  const queryRunner = dataSource.createQueryRunner();
  await queryRunner.connect();
  try {
    await queryRunner.startTransaction();
    await queryRunner.query("update customers set name = $2 where id = $1", [id, name]);
    await queryRunner.commitTransaction();
  } catch (error) {
    await queryRunner.rollbackTransaction();
    throw error;
  } finally {
    await queryRunner.release();
  }
}

export async function renameSafely(id: number, name: string) {
  const queryRunner = dataSource.createQueryRunner();
  await queryRunner.connect();
  await queryRunner.startTransaction();
  try {
    await queryRunner.query("update customers set name = $2 where id = $1", [id, name]);
    await queryRunner.commitTransaction();
  } catch (error) {
    await queryRunner.rollbackTransaction();
    throw error;
  } finally {
    await queryRunner.release();
  }
}

export const renameManaged = (id: number, name: string) =>
  dataSource.transaction(async (manager) => {
    await manager.query("update customers set name = $2 where id = $1", [id, name]);
  });
