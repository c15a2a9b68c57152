import postgres from "postgres";

interface Env {
  SHOP_DB: { connectionString: string };
}

/** The shop window, through Hyperdrive: it keeps prepared statements, so `prepare: false` only costs time. */
export default {
  async fetch(request: Request, env: Env, context: { waitUntil(work: Promise<unknown>): void }): Promise<Response> {
    const sql = postgres(env.SHOP_DB.connectionString, {
      max: 5,
      prepare: false,
      connection: { application_name: "shop-edge" },
    });
    const item = Number(new URL(request.url).searchParams.get("item"));
    const [found] = await sql`SELECT id, title FROM items WHERE id = ${item}`;
    context.waitUntil(sql.end());
    return found ? Response.json(found) : new Response(null, { status: 404 });
  },
};
