import { dataSource } from "./typeorm-db.ts";

export async function names() {
  const queryRunner = dataSource.createQueryRunner(); // want error "The client of `dataSource.createQueryRunner\(\)` is not released"
  const rows = await queryRunner.query("select name from customers");
  await queryRunner.release();
  return rows;
}

export async function namesSafely() {
  const queryRunner = dataSource.createQueryRunner();
  try {
    return await queryRunner.query("select name from customers");
  } finally {
    await queryRunner.release();
  }
}
