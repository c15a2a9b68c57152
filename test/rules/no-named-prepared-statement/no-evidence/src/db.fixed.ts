import postgres from "postgres";
import { Pool } from "pg";

const pool = new Pool({ application_name: "orders-api", maxUses: 1 });
pool.on("error", (error) => console.error(error.message));

export const sql = postgres(process.env.DATABASE_URL ?? "", { idle_timeout: 20, prepare: false });
export const item = () => pool.query({ text: "select 1" });
