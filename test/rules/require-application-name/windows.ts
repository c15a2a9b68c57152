import { Pool } from "pg";

export const pool = new Pool({ // want hint "sets no `application_name`"
  host: "db.internal",
  port: 6432 // the pooler
});
pool.on("error", (error) => console.error(error.message));
