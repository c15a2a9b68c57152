import type { PoolerKnowledge } from "../knowledge.ts";

export const neon: PoolerKnowledge = {
  kind: "neon",
  endpoints: [
    {
      host: /-pooler\.[\w.-]*(?:neon\.tech|neon\.build|vercel-storage\.com)$/i,
      leads: "pooled",
      mode: "transaction",
      words: "*-pooler.*.neon.tech",
    },
    {
      host: /\.(?:neon\.tech|neon\.build|postgres\.vercel-storage\.com)$/i,
      leads: "direct",
      words: "*.neon.tech without -pooler",
    },
  ],
  defaults: {
    mode: "transaction",
    maxPreparedStatements: 1000,
    preparedStatements: "kept",
    queryWaitTimeout: 120,
    maxClientConnections: 10_000,
  },
  reference: "https://neon.com/docs/connect/connection-pooling",
};
