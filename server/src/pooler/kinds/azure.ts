import type { PoolerKnowledge } from "../knowledge.ts";

export const azure: PoolerKnowledge = {
  kind: "azure",
  endpoints: [
    {
      host: /\.postgres\.(?:database|cosmos)\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)$/i,
      port: 6432,
      leads: "pooled",
      mode: "transaction",
      words: "*.postgres.database.azure.com:6432",
    },
    {
      host: /\.postgres\.(?:database|cosmos)\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)$/i,
      leads: "direct",
      words: "*.postgres.database.azure.com:5432",
    },
  ],
  defaults: {
    mode: "transaction",
    maxPreparedStatements: 0,
    preparedStatements: "lost",
    ignoreStartupParameters: ["extra_float_digits"],
    queryWaitTimeout: 120,
    defaultPoolSize: 50,
  },
  reference: "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-pgbouncer",
};
