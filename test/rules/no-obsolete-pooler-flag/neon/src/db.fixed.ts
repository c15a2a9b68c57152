import { PrismaClient } from "@prisma/client";

export const prisma = new PrismaClient({ datasourceUrl: "postgresql://app@ep-cool-1234-pooler.eu-central-1.aws.neon.tech/orders?application_name=orders-api" });
