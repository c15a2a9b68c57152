import { Pool } from "pg";
import postgres from "postgres";

export const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "orders-api-production-eu-central-1-checkout-and-payments-worker",
});
pool.on("error", (error) => console.error(error.message));

/** Bytes count, not characters. */
export const sql = postgres(process.env.DATABASE_URL!, {
  prepare: false,
  connection: { application_name: "zahlungsübersicht-für-größere-geschäftskunden-im-nördlich" },
});

export const exact = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "exactly-sixty-three-bytes-long-name-of-a-service-in-production-",
});
exact.on("error", (error) => console.error(error.message));
