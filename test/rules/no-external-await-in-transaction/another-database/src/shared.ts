import { readFile } from "node:fs/promises";
import { Kysely, PostgresDialect } from "kysely";
import { Pool } from "pg";

const pool = new Pool({ application_name: "shop" });
pool.on("error", (error) => console.error(error.message));

export class Shared<Schema> {
  constructor(public db: Kysely<Schema>) {}

  static open<T>(): Shared<T> {
    return new Shared(new Kysely<T>({ dialect: new PostgresDialect({ pool }) }));
  }

  transaction<T>(work: () => Promise<T>): Promise<T> {
    return this.db.transaction().execute(() => work());
  }
}

export const load = (shared: Shared<unknown>, path: string) =>
  shared.transaction(async () => {
    await readFile(path); // want warning "waits for the file system"
  });
