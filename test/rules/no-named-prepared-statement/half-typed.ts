import { pool } from "./db.ts";

export const item = (id: number) => pool.query({ name: "get-item", text: "select 1", values: [id] }); // want error "The statement `get-item`"
pool.query({ name: 
