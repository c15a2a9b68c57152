import type { PoolerKnowledge } from "../knowledge.ts";

export const crunchy: PoolerKnowledge = {
  kind: "crunchy",
  endpoints: [
    {
      host: /\.db\.postgresbridge\.com$/i,
      port: 5431,
      leads: "pooled",
      mode: "transaction",
      words: "*.db.postgresbridge.com:5431",
    },
    { host: /\.db\.postgresbridge\.com$/i, leads: "direct", words: "*.db.postgresbridge.com:5432" },
  ],
  defaults: { mode: "transaction" },
  reference: "https://docs.crunchybridge.com/how-to/pgbouncer",
};
