import type { PoolerKnowledge } from "../knowledge.ts";

/** Railway's PgBouncer is a template that the project starts itself: its settings are its own. */
export const railway: PoolerKnowledge = {
  kind: "railway",
  endpoints: [{ host: /^pgbouncer[\w-]*\.railway\.internal$/i, leads: "pooled", words: "pgbouncer.railway.internal" }],
  defaults: {},
  reference: "https://railway.com/deploy/pgbouncer",
};
