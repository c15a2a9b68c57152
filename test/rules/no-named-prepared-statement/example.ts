import postgres from "postgres";

const sql = postgres(process.env.DATABASE_URL ?? "", { max: 5 }); // want error "`postgres\(\)` gives every statement a name that one server connection alone knows: PgBouncer sends the next run to another, where it fails, hangs or returns nothing \(pgbouncer.ini:7 max_prepared_statements=0\)"

export const orderOf = (id: number) => sql`select item from orders where id = ${id}`;
