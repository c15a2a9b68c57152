import { DataTypes, Model, type Transaction } from "sequelize";
import { sequelize } from "./sequelize-db.ts";

const Stock = sequelize.define("Stock", { item: DataTypes.STRING });

class Order extends Model {}
Order.init({ item: DataTypes.STRING }, { sequelize });

async function log(item: string, options: { transaction?: Transaction } = {}) {
  await Order.create({ item }, options);
}

export async function placeOrder(item: string) {
  await sequelize.transaction(async (t) => {
    await Order.create({ item }, { transaction: t });
    const order = await Order.findOne({ where: { item }, transaction: t });
    await order?.save({ transaction: t });
    await Stock.update({ item }, { where: { item }, transaction: t });
    await sequelize.query("select 1", { transaction: t });
    await sequelize.query("select 1", { transaction: t });
    await log(item, { transaction: t });
    const options = { where: { item }, transaction: t };
    await Stock.findAll(options);
    await Stock.findAll({ ...options, limit: 1 });
  });
}

export async function byHand(item: string) {
  const transaction = await sequelize.transaction();
  try {
    await Order.create({ item }, { transaction });
    await Stock.destroy({ where: { item }, transaction });
    await transaction.commit();
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}
