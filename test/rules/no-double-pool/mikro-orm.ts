import { MikroORM } from "@mikro-orm/postgresql";

export const orm = await MikroORM.init({
  clientUrl: process.env.DATABASE_URL,
  driverOptions: { application_name: "orders-api" },
  pool: { min: 2, max: 10 }, // want information "`min: 2` keeps 2 connections"
  entities: [],
});
