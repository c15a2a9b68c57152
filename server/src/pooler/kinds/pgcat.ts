import type { PoolerKnowledge } from "../knowledge.ts";

export const pgcat: PoolerKnowledge = {
  kind: "pgcat",
  title: "PgCat",
  endpoints: [{ host: /(?:^|[.-])pgcat(?:[.-]|$)/i, leads: "pooled", words: "a host named pgcat" }],
  image: /(?:^|\/)pgcat$/i,
  defaults: {},
  reference: "https://github.com/postgresml/pgcat/blob/main/CONFIG.md",
};
