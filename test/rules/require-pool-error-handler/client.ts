import { Client } from "pg";

const client = new Client({ application_name: "orders-worker" }); // want warning "`new Client\(\)` has no `error` listener: when PgBouncer closes its connection"
await client.connect();

export const next = () => client.query("delete from jobs where id in (select id from jobs limit 1) returning *");
