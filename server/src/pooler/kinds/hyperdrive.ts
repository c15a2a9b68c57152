import type { PoolerKnowledge } from "../knowledge.ts";

export const hyperdrive: PoolerKnowledge = {
  kind: "hyperdrive",
  endpoints: [{ host: /\.hyperdrive\.local$/i, leads: "pooled", mode: "transaction", words: "*.hyperdrive.local" }],
  environment: /HYPERDRIVE/,
  defaults: { mode: "transaction", preparedStatements: "kept" },
  reference: "https://developers.cloudflare.com/hyperdrive/concepts/connection-pooling/",
};
