import { PrismaClient } from "@prisma/client";

export const prisma = new PrismaClient({
  datasourceUrl: "postgresql://app@localhost:6432/orders?application_name=orders-api&connection_limit=5&pgbouncer=true", // want information "`pgbouncer=true` switches the prepared statements of Prisma off, and PgBouncer keeps them here: every query is planned anew for nothing \(pgbouncer.ini:7 max_prepared_statements=200\)"
});
