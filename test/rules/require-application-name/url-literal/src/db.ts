import { Client } from "pg";

const url = "postgres://app@db.internal:6432/orders?sslmode=require";

export const client = new Client(url); // want hint "`new Client\(\)` sets no `application_name`"
client.on("error", (error) => console.error(error.message));

export const fromEnvironment = new Client(process.env.DATABASE_URL); // want hint "`new Client\(\)` sets no `application_name`"
fromEnvironment.on("error", (error) => console.error(error.message));
