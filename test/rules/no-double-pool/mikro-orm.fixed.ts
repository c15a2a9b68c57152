import { MikroORM } from "@mikro-orm/postgresql";

export const orm = await MikroORM.init({
  clientUrl: process.env.DATABASE_URL,
  driverOptions: { application_name: "orders-api", maxUses: 1 },
  pool: { max: 10 },
  entities: [],
});
