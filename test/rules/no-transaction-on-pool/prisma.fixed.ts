import { prisma } from "./prisma-db.ts";

export async function pay(order: number) {
  await prisma.$transaction(async (tx) => {
    await tx.order.update({ where: { id: order }, data: { status: "paid" } });
  });
}

export const payManaged = (order: number) =>
  prisma.$transaction(async (tx) => {
    await tx.order.update({ where: { id: order }, data: { status: "paid" } });
  });

export const payBatch = (order: number) => prisma.$transaction([prisma.order.update({ where: { id: order }, data: { status: "paid" } })]);
