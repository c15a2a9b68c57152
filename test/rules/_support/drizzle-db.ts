import { drizzle } from "drizzle-orm/node-postgres";
import { pool } from "./db.ts";

export const db = drizzle(pool);
