import { Sequelize } from "sequelize";

export const sequelize = new Sequelize("postgres://app@127.0.0.1:6432/shop", { // related "gives up earlier"
  pool: { max: 5, acquire: 10_000, idle: 10_000 },
  dialectOptions: { application_name: "shop", clientMinMessages: "ignore" },
});
