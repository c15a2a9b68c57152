import { Pool } from "pg";

export const byDefault = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
byDefault.on("error", (error) => console.error(error.message));

export const unlimited = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "orders-api",
  maxUses: 1,
});
unlimited.on("error", (error) => console.error(error.message));
