import { sql } from "./sql-db.ts";
import { dataSource } from "./typeorm-db.ts";

export async function disposed(customer: number) {
  await using queryRunner = dataSource.createQueryRunner();
  await queryRunner.connect();
  await queryRunner.startTransaction();
  await queryRunner.query("update customers set seen = now() where id = $1", [customer]);
  await queryRunner.commitTransaction();
}

export const begun = (customer: number) => sql.begin((tx) => tx`update customers set seen = now() where id = ${customer}`);
