import type { PoolerKnowledge } from "../knowledge.ts";

/** Pins a client to its server where it uses session state: slower, not wrong. */
export const rdsProxy: PoolerKnowledge = {
  kind: "rds-proxy",
  endpoints: [
    {
      host: /\.(?:endpoint\.)?proxy-\w+\.[\w-]+\.rds\.amazonaws\.com(?:\.cn)?$/i,
      leads: "pooled",
      mode: "transaction",
      words: "*.proxy-*.rds.amazonaws.com",
    },
    { host: /\.[\w-]+\.rds\.amazonaws\.com(?:\.cn)?$/i, leads: "direct", words: "*.rds.amazonaws.com without a proxy" },
  ],
  defaults: { mode: "transaction", preparedStatements: "kept", clientIdleTimeout: 1800, queryWaitTimeout: 120 },
  reference: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-pinning.html",
};
