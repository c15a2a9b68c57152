import { prisma } from "./prisma-db.ts";

export async function pay(order: number) {
  await prisma.$executeRawUnsafe("BEGIN"); // want error "`BEGIN` goes through `prisma.\$executeRawUnsafe`"
  await prisma.order.update({ where: { id: order }, data: { status: "paid" } });
  await prisma.$executeRawUnsafe("COMMIT");
}

export const payManaged = (order: number) =>
  prisma.$transaction(async (tx) => {
    await tx.order.update({ where: { id: order }, data: { status: "paid" } });
  });

export const payBatch = (order: number) => prisma.$transaction([prisma.order.update({ where: { id: order }, data: { status: "paid" } })]);
