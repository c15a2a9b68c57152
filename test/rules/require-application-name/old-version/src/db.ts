import { Pool } from "pg";

export const pool = new Pool({ // want warning "its statements run under the name of whichever client used the server connection before .*1.18"
  host: "db.internal",
  port: 6432,
});
pool.on("error", (error) => console.error(error.message));
