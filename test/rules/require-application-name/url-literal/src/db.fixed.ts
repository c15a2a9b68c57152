import { Client } from "pg";

const url = "postgres://app@db.internal:6432/orders?sslmode=require";

export const client = new Client({ connectionString: url, application_name: "orders-api" });
client.on("error", (error) => console.error(error.message));

export const fromEnvironment = new Client({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
fromEnvironment.on("error", (error) => console.error(error.message));
