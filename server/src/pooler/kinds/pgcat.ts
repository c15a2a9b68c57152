import type { PoolerKnowledge } from "../knowledge.ts";

export const pgcat: PoolerKnowledge = {
  kind: "pgcat",
  endpoints: [{ host: /(?:^|[.-])pgcat(?:[.-]|$)/i, leads: "pooled", words: "a host named pgcat" }],
  image: /(?:^|\/)pgcat$/i,
  defaults: { mode: "transaction", defaultPoolSize: 9 },
  reference: "https://github.com/postgresml/pgcat/blob/main/CONFIG.md",
};
