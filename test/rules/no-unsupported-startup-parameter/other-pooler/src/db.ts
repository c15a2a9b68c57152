import { Pool } from "pg";

/** What Supavisor does with it is not known; the second goes to the database itself. */
const pools = [
  new Pool({ connectionString: "postgres://app@aws-0-eu-central-1.pooler.supabase.com:6543/postgres?application_name=orders-api", statement_timeout: 5_000 }),
  new Pool({ connectionString: "postgres://app@db.abcdefgh.supabase.co:5432/postgres?application_name=orders-api", statement_timeout: 5_000 }),
];
for (const pool of pools) pool.on("error", (error) => console.error(error.message));
