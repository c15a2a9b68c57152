import { DataTypes, Sequelize } from "sequelize";

const sequelize = new Sequelize(process.env.DATABASE_URL!, {
  dialect: "postgres",
  dialectOptions: { application_name: "shop-customers", statement_timeout: 10_000 },
  pool: { max: 5, min: 0, idle: 300_000 },
  logging: false,
});

const Customer = sequelize.define("customer", {
  name: DataTypes.STRING,
  points: DataTypes.INTEGER,
});

/** The transaction stays open when one of the updates fails. */
export async function givePoints(from: number, to: number, points: number): Promise<void> {
  const transaction = await sequelize.transaction();
  await Customer.decrement({ points }, { where: { id: from }, transaction });
  await Customer.increment({ points }, { where: { id: to }, transaction });
  await transaction.commit();
}

/** The managed form ends by itself. */
export async function rename(id: number, name: string): Promise<void> {
  await sequelize.transaction(async (transaction) => {
    await Customer.update({ name }, { where: { id }, transaction });
  });
}
