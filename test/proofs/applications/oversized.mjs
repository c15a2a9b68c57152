const { hostname, pathname, port, username } = new URL(process.env.DATABASE_URL);
Object.assign(process.env, { PGHOST: hostname, PGPORT: port, PGUSER: username, PGDATABASE: pathname.slice(1) });
const { orders, reports } = await import("../../rules/no-oversized-pool/example.ts");

/** Uses both pools to the full, as under load, and says how many clients they got and what the others were told. */
export async function fill() {
  const all = [orders, reports].flatMap((pool) => Array.from({ length: pool.options.max }, () => pool.connect()));
  const settled = await Promise.allSettled(all);
  const refused = settled.flatMap(({ reason }) => (reason ? [reason.message] : []));
  return { opened: settled.length - refused.length, refused: refused.length, because: [...new Set(refused)] };
}
