import { createNamespace } from "cls-hooked";
import { DataTypes, Sequelize } from "sequelize";

Sequelize.useCLS(createNamespace("transactions"));

const sequelize = new Sequelize(process.env.DATABASE_URL!, {
  dialect: "postgres",
  dialectOptions: { application_name: "orders-api" },
});
const Order = sequelize.define("Order", { item: DataTypes.STRING });

export async function placeOrder(item: string) {
  await sequelize.transaction(async () => {
    await Order.create({ item });
  });
}
