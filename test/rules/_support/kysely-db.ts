import { Kysely, PostgresDialect } from "kysely";
import { pool } from "./db.ts";

export interface Database {
  orders: { id: number; item: string; status: string };
  accounts: { id: number; balance: number };
}

export const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
