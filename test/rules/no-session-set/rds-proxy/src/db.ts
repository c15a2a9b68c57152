import { Pool } from "pg";

const pool = new Pool({
  host: "orders.proxy-cx1abc2def3g.eu-central-1.rds.amazonaws.com",
  database: "orders",
  application_name: "orders-api",
});
pool.on("error", (error) => console.error(error.message));

export const useTenant = () => pool.query("SET search_path TO tenant_a"); // want information "`SET search_path` pins its client to one server connection: nothing breaks, but RDS Proxy cannot share"
