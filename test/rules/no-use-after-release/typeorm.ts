import { dataSource } from "./typeorm-db.ts";

export async function names() {
  const queryRunner = dataSource.createQueryRunner();
  try {
    await queryRunner.query("select 1");
  } finally {
    await queryRunner.release();
  }
  return queryRunner.query("select name from customers"); // want error "`queryRunner` was released already"
}
