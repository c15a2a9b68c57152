import { PrismaClient } from "@prisma/client";

export const prisma = new PrismaClient({
  datasourceUrl: "postgresql://app@localhost:6432/orders?application_name=orders-api&connection_limit=5",
});
