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

/** A runner takes its connection with the first statement: none was sent here. */
export async function primary() {
  const source = dataSource.createQueryRunner("master").connection;
  await source.query("select 1");
  return source;
}

export async function perhapsNames(wanted: boolean) {
  const queryRunner = dataSource.createQueryRunner();
  if (!wanted) return [];
  try {
    return await queryRunner.manager.query("select name from customers");
  } finally {
    await queryRunner.release();
  }
}

const runner = () => dataSource.createQueryRunner();

export async function nothing(wait: () => Promise<void>) {
  const queryRunner = runner();
  await wait();
  await queryRunner.release();
}

export async function connected(wait: () => Promise<void>) {
  const queryRunner = runner();
  try {
    await queryRunner.connect();
    await wait();
  } finally {
    await queryRunner.release();
  }
}
