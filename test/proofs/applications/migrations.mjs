// The folder of migrations that the example of no-migration-through-pooler names, with one that needs the orders.
import { mkdirSync, writeFileSync } from "node:fs";

mkdirSync("migrations", { recursive: true });
writeFileSync(
  "migrations/1_orders.sql",
  "-- Up Migration\nupdate orders set status = 'migrated';\n-- Down Migration\n",
);
