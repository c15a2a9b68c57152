import { pool } from "./db.ts";

export async function useTenant(tenant: string) {
  await pool.query("SET search_path TO tenant_a"); // want error "`SET search_path` stays on"
  await pool.query("SET 
