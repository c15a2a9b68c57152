import { Sequelize } from "sequelize";

export const floor = new Sequelize(process.env.DATABASE_URL!, {
  dialect: "postgres",
  dialectOptions: { application_name: "orders-api" },
  pool: { max: 5, evict: 1, idle: 1 },
});

export const trap = new Sequelize("orders", "app", process.env.PGPASSWORD, {
  host: "db.internal",
  dialect: "postgres",
  dialectOptions: { application_name: "orders-api" },
  pool: {
    max: 5,
    min: 0,
    idle: 1,
    evict: 1,
  },
});

export const fine = new Sequelize(process.env.DATABASE_URL!, {
  dialect: "postgres",
  dialectOptions: { application_name: "orders-api" },
  pool: { max: 5, min: 0, idle: 5000 },
});

export const none = new Sequelize(process.env.DATABASE_URL!, {
  dialect: "postgres",
  dialectOptions: { application_name: "orders-api" },
  pool: { maxUses: 1 },
});

export const mysql = new Sequelize(process.env.MYSQL_URL!, { dialect: "mysql", pool: { min: 5 } });
