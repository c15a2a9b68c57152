import type { PoolerKnowledge } from "../knowledge.ts";

export const odyssey: PoolerKnowledge = {
  kind: "odyssey",
  endpoints: [{ host: /(?:^|[.-])odyssey(?:[.-]|$)/i, leads: "pooled", words: "a host named odyssey" }],
  image: /(?:^|\/)odyssey$/i,
  defaults: {},
  reference: "https://github.com/yandex/odyssey/tree/master/docs",
};
