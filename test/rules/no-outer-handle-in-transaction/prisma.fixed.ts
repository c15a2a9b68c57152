import type { Prisma } from "@prisma/client";
import { prisma } from "./prisma-db.ts";

const read = (id: number, tx?: Prisma.TransactionClient) => (tx ?? prisma).order.findUnique({ where: { id } });

export async function placeOrder(item: string) {
  await prisma.$transaction(async (tx) => {
    await tx.order.create({ data: { item } });
    await tx.stock.update({ where: { item }, data: { count: 1 } });
    await tx.$queryRaw`select 1`;
    await prisma.$transaction([prisma.order.count()]);
    await read(1, tx);
  });
  // The library sends them as one transaction.
  await prisma.$transaction([prisma.order.count(), prisma.stock.count()]);
}
