import Koa from "koa";
import { knex } from "./knex-db.ts";

const app = new Koa();

/** The server connection is held for as long as the whole request takes. */
app.use(async (context, next) => {
  await knex.transaction(async (trx) => {
    context.state.trx = trx;
    await next(); // want warning "waits for work outside the database"
  });
});

export default app;
