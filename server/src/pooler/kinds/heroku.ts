import type { PoolerKnowledge } from "../knowledge.ts";

export const heroku: PoolerKnowledge = {
  kind: "heroku",
  endpoints: [],
  environment: /(?:^|_)CONNECTION_POOL_URL$/,
  defaults: { mode: "transaction" },
  reference: "https://devcenter.heroku.com/articles/postgres-connection-pooling",
};
