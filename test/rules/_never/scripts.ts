import postgres from "postgres";

const sql = postgres(process.env.DATABASE_URL!, { prepare: false, max: 1, connection: { application_name: "orders-report" } });

const [{ count }] = await sql`select count(*) from orders`;
console.log(count);

await sql.end();
