import postgres from "postgres";

export const sql = postgres(process.env.DATABASE_URL ?? "", {
  prepare: false,
  connection: {
    application_name: "orders-api",
    TimeZone: "UTC",
    timezone: "UTC",
    IntervalStyle: "iso_8601",
    statement_timeout: 5_000, // want error "`statement_timeout` is sent at connect"
    search_path: "tenant_a, public", // want error "`search_path` is sent at connect"
    default_transaction_read_only: true, // want error "`default_transaction_read_only` is sent at connect"
    role: undefined,
  },
});

const options = { prepare: false, connection: { application_name: "orders-api" } };

/** Prisma's own parameters, in a URL that both read. */
export const shared = postgres("postgres://app@localhost:6432/orders?pgbouncer=true&connection_limit=1&prepare=false", options); // want error "The URL sends `pgbouncer` and `connection_limit` at connect, and PgBouncer refuses them: `unsupported startup parameter: pgbouncer`"

export const withSchema = postgres("postgres://app@localhost:6432/orders?sslmode=require&max=5&schema=tenant_a", options); // want error "The URL sends `schema` at connect"
