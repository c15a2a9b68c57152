import { Client } from "pg";

const client = new Client({ application_name: "orders-worker" });
client.on("error", (error) => {
  console.error("idle database connection lost", error);
});
await client.connect();

export const next = () => client.query("delete from jobs where id in (select id from jobs limit 1) returning *");
