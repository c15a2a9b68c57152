import { pool } from "./db.js";

pool.on("error", (error) => console.error(error.message));

export const list = () => pool.query("select * from orders");
