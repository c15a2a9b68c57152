import { Pool } from "pg";

export const pool = new Pool({ application_name: "orders-api" });
pool.on("error", (error) => {
  console.error("idle database connection lost", error);
});

export const list = () => pool.query(`select
