import postgres from "postgres";

const sql = postgres("postgres://localhost:6432/test");
test("it", () => sql`select 1`);
