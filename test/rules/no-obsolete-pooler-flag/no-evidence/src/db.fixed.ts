import { PrismaClient } from "@prisma/client";

export const prisma = new PrismaClient({ datasourceUrl: "postgresql://app@localhost:6432/orders?pgbouncer=true&application_name=orders-api" });
