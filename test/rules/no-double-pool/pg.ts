import { Pool } from "pg";

export const zero = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api", max: 0 }); // want information "`max: 0` means the default of 10 connections, not none"
zero.on("error", (error) => console.error(error.message));

export const floor = new Pool({ application_name: "orders-api", connectionString: process.env.DATABASE_URL, min: 5, max: 20 }); // want information "`min: 5` keeps 5 connections open for ever"
floor.on("error", (error) => console.error(error.message));
