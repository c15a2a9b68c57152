import { MikroORM } from "@mikro-orm/postgresql";

const orm = await MikroORM.init({
  clientUrl: process.env.DATABASE_URL,
  driverOptions: { application_name: "orders-api" },
  implicitTransactions: false,
  entities: [],
});

export const save = () => orm.em.flush();
