import { DataSource } from "typeorm";

export const floor = new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  applicationName: "orders-api",
  extra: { maxUses: 1 },
});

export const trap = new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  applicationName: "orders-api",
  extra: { maxUses: 1 },
});

export const fine = new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  applicationName: "orders-api",
  poolSize: 20,
  extra: { maxUses: 1 },
});

export const mysql = new DataSource({ type: "mysql", url: process.env.MYSQL_URL, extra: { min: 2 } });
