import type { PoolerKnowledge } from "../knowledge.ts";

/** Keeps SET of each client, and protocol statements. */
export const pgdog: PoolerKnowledge = {
  kind: "pgdog",
  endpoints: [{ host: /(?:^|[.-])pgdog(?:[.-]|$)/i, leads: "pooled", words: "a host named pgdog" }],
  image: /(?:^|\/)pgdog$/i,
  defaults: { mode: "transaction", preparedStatements: "kept", defaultPoolSize: 10, queryWaitTimeout: 5 },
  reference: "https://docs.pgdog.dev/features/prepared-statements/",
};
