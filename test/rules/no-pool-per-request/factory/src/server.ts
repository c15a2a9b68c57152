import { createServer } from "node:http";
import { createDb } from "./create-db.ts";

const db = createDb("orders-api");

createServer(async (_request, response) => {
  const { rows } = await db.query("select * from orders");
  response.end(JSON.stringify(rows));
}).listen(3000);
