import { pool } from "./db.ts";

export const item = (id: number) => pool.query({ text: "select 1", values: [id] });
pool.query({ name: 
