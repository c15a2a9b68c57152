import type { PoolerKnowledge } from "../knowledge.ts";

export const pgbouncer: PoolerKnowledge = {
  kind: "pgbouncer",
  endpoints: [{ host: /(?:^|[.-])pg-?bouncer(?:[.-]|$)/i, leads: "pooled", words: "a host named pgbouncer" }],
  image: /(?:^|\/)(?:[\w.-]*-)?pgbouncer(?:-[\w.-]+)?$|(?:^|\/)pgbouncer\//i,
  environment: /PGBOUNCER(?!.*(?:DIRECT|UNPOOLED))/,
  defaults: {},
  reference: "https://www.pgbouncer.org/config.html",
};
