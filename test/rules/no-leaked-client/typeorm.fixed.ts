import { dataSource } from "./typeorm-db.ts";

export async function names() {
  const queryRunner = dataSource.createQueryRunner();
  try {
    const rows = await queryRunner.query("select name from customers");
    return rows;
  } finally {
    await queryRunner.release();
  }
}

export async function namesSafely() {
  const queryRunner = dataSource.createQueryRunner();
  try {
    return await queryRunner.query("select name from customers");
  } finally {
    await queryRunner.release();
  }
}
