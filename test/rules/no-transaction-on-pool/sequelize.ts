import { sequelize } from "./sequelize-db.ts";

export async function refund(payment: number) {
  await sequelize.query("BEGIN"); // want error "`BEGIN` goes through `sequelize.query`"
  await sequelize.query("update payments set refunded = true where id = :payment", { replacements: { payment } });
  await sequelize.query("COMMIT");
}
