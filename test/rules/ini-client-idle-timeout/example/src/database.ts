import { Pool } from "pg";

export const pool = new Pool({ // related "keeps idle connections longer"
  connectionString: "postgres://app@127.0.0.1:6432/shop",
  max: 20,
  idleTimeoutMillis: 30_000, // want no-idle-beyond-bouncer "client_idle_timeout=20"
  application_name: "shop",
});
pool.on("error", console.error);
