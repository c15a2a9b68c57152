import { Sequelize } from "sequelize";

export const sequelize = new Sequelize(process.env.DATABASE_URL!, {
  dialect: "postgres",
  dialectOptions: { application_name: "orders-api", clientMinMessages: "ignore" },
});

export const quiet = new Sequelize(process.env.DATABASE_URL!, {
  dialect: "postgres",
  dialectOptions: { application_name: "orders-api", clientMinMessages: "ignore" },
});

export const loud = new Sequelize(process.env.DATABASE_URL!, {
  dialect: "postgres",
  dialectOptions: { application_name: "orders-api", clientMinMessages: "notice" },
});

sequelize.addHook("afterConnect", async (connection: { query(text: string): Promise<void> }) => {
  await connection.query("SET search_path TO tenant_a");
});
