import knex from "knex";

const db = knex({
  client: "pg",
  connection: {
    connectionString: process.env.REPORTS_URL,
    application_name: `shop-reports-${process.pid}`,
  },
  pool: { min: 2, max: 6 },
});

export async function revenueByDay(from: Date, to: Date): Promise<{ day: string; revenue: number }[]> {
  return db("orders")
    .where("state", "paid")
    .whereBetween("placed_at", [from, to])
    .groupByRaw("date_trunc('day', placed_at)")
    .select(db.raw("date_trunc('day', placed_at) AS day"), db.raw("sum(total) AS revenue"));
}

/** Both tables or none: Knex commits when the callback is done and rolls back when it throws. */
export async function closeMonth(month: string): Promise<void> {
  await db.transaction(async (transaction) => {
    await transaction("months").insert({ month, closed_at: db.fn.now() });
    await transaction("orders").where("month", month).update({ closed: true });
  });
}
