import { hostname } from "node:os";
import { Pool } from "pg";
import { v4 as uuid } from "uuid";

const started = `orders-${Date.now()}`;

export const byTime = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
byTime.on("error", (error) => console.error(error.message));

export const byUuid = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
byUuid.on("error", (error) => console.error(error.message));

/** A host has one name for years. */
export const byHost = new Pool({ connectionString: process.env.DATABASE_URL, application_name: `orders@${hostname()}` });
byHost.on("error", (error) => console.error(error.message));

export const byEnvironment = new Pool({ connectionString: process.env.DATABASE_URL, application_name: `orders-${process.env.REGION}` });
byEnvironment.on("error", (error) => console.error(error.message));
