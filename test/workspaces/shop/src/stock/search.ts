import postgres from "postgres";

/** Unnamed statements, a name, and idle connections that end in time: right for PgBouncer 1.20 in transaction mode. */
const sql = postgres(process.env.DATABASE_URL!, {
  prepare: false,
  max: 5,
  idle_timeout: 20,
  connection: { application_name: "shop-search" },
});

export interface Hit {
  item: number;
  title: string;
}

export async function search(words: string): Promise<Hit[]> {
  return sql<Hit[]>`
    SELECT id AS item, title FROM items
    WHERE search @@ websearch_to_tsquery('english', ${words})
    ORDER BY ts_rank(search, websearch_to_tsquery('english', ${words})) DESC
    LIMIT 20
  `;
}

export async function renameItem(item: number, title: string): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`UPDATE items SET title = ${title} WHERE id = ${item}`;
    await transaction`INSERT INTO item_changes (item, title) VALUES (${item}, ${title})`;
  });
}
