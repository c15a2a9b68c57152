import { readFile } from "node:fs/promises";
import SqliteDatabase from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";

/** What its type does not say, those say who make one. */
export class Kept<Schema> {
  constructor(public db: Kysely<Schema>) {}

  static open<T>(path: string): Kept<T> {
    return new Kept(new Kysely<T>({ dialect: new SqliteDialect({ database: new SqliteDatabase(path) }) }));
  }

  transaction<T>(work: (inner: Kept<Schema>) => Promise<T>): Promise<T> {
    return this.db.transaction().execute((trx) => work(new Kept(trx)));
  }
}

export const load = (kept: Kept<unknown>, path: string) => kept.transaction(() => readFile(path));
