import postgres from "postgres";

const sql = postgres(process.env.DATABASE_URL ?? "", { max: 5, prepare: false });

export const orderOf = (id: number) => sql`select item from orders where id = ${id}`;
