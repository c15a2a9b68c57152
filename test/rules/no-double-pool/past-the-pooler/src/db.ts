import postgres from "postgres";

/** Nothing stands between them and the database: nobody else waits, and PostgreSQL shows who they are. */
export const direct = postgres(process.env.DIRECT_DATABASE_URL ?? "", { idle_timeout: 0 });
export const reports = postgres(process.env.REPORTS_URL ?? "", { idle_timeout: 0 });
