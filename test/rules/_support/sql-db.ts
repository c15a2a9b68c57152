import postgres from "postgres";

export const sql = postgres(process.env.DATABASE_URL!, {
  prepare: false,
  idle_timeout: 20,
  connection: { application_name: "orders-api" },
});
