import { Pool } from "pg";

export const pool = new Pool({ application_name: "orders-api" }); // want warning "no `error` listener"

export const list = () => pool.query(`select
