import { Sequelize } from "sequelize";

export const sequelize = new Sequelize(process.env.DATABASE_URL!, { // want information "`new Sequelize\(\)` sends `SET client_min_messages TO warning` on every new connection"
  dialect: "postgres",
  dialectOptions: { application_name: "orders-api" },
});

export const quiet = new Sequelize(process.env.DATABASE_URL!, {
  dialect: "postgres",
  dialectOptions: { application_name: "orders-api", clientMinMessages: "ignore" },
});

export const loud = new Sequelize(process.env.DATABASE_URL!, {
  dialect: "postgres",
  dialectOptions: { application_name: "orders-api", clientMinMessages: "notice" }, // want error "`dialectOptions.clientMinMessages` sends `SET client_min_messages`"
});

sequelize.addHook("afterConnect", async (connection: { query(text: string): Promise<void> }) => {
  await connection.query("SET search_path TO tenant_a"); // want error "`SET search_path` runs once"
});
