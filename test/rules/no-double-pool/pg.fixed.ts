import { Pool } from "pg";

export const zero = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api", maxUses: 1 });
zero.on("error", (error) => console.error(error.message));

export const floor = new Pool({ application_name: "orders-api", connectionString: process.env.DATABASE_URL, maxUses: 1, max: 20 });
floor.on("error", (error) => console.error(error.message));
