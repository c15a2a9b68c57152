import { Pool } from "pg";

export class Db extends Pool {
  constructor() {
    super({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
    this.on("error", (error) => console.error(error.message));
  }
}
