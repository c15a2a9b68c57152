import { run, runTaskList, makeWorkerUtils } from "graphile-worker";
import { PgBoss } from "pg-boss";
import createSubscriber from "pg-listen";
import { pool } from "./db.ts";
import { sql } from "./sql-db.ts";

export const subscriber = createSubscriber({ // want error "`createSubscriber` waits for notifications with LISTEN"
  connectionString: process.env.DATABASE_URL,
  application_name: "orders-api",
});

export const listening = sql.listen("new_orders", console.log); // want error "`sql.listen` waits for notifications with LISTEN"

export const worker = await run({ pgPool: pool, taskDirectory: "tasks" }); // want error "`run` waits for notifications"

export const other = runTaskList({ concurrency: 1 }, {}, pool); // want error "`runTaskList` waits for notifications"

export const boss = new PgBoss({
  connectionString: process.env.DATABASE_URL,
  useListenNotify: true, // want error "`useListenNotify` makes pg-boss send LISTEN, which hears nothing here"
});

export const polling = new PgBoss({ connectionString: process.env.DATABASE_URL });

export const quiet = new PgBoss({ connectionString: process.env.DATABASE_URL, useListenNotify: false });

export const utils = await makeWorkerUtils({ connectionString: process.env.DATABASE_URL });
