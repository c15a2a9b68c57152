import postgres from "postgres";

// Set once in the database: ALTER ROLE CURRENT_USER SET statement_timeout = '5000';
// Set once in the database: ALTER ROLE CURRENT_USER SET search_path = tenant_a, public;
// Set once in the database: ALTER ROLE CURRENT_USER SET default_transaction_read_only = 'true';
export const sql = postgres(process.env.DATABASE_URL ?? "", {
  prepare: false,
  connection: {
    application_name: "orders-api",
    TimeZone: "UTC",
    timezone: "UTC",
    IntervalStyle: "iso_8601",
    role: undefined,
  },
});

const options = { prepare: false, connection: { application_name: "orders-api" } };

/** Prisma's own parameters, in a URL that both read. */
export const shared = postgres("postgres://app@localhost:6432/orders?prepare=false", options);

export const withSchema = postgres("postgres://app@localhost:6432/orders?sslmode=require&max=5", options);
