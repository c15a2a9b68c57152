import type { PoolerKnowledge } from "../knowledge.ts";

/** The mode is chosen for each pool; transaction is what the form offers first. */
export const digitalocean: PoolerKnowledge = {
  kind: "digitalocean",
  endpoints: [
    { host: /\.db\.ondigitalocean\.com$/i, port: 25061, leads: "pooled", words: "*.db.ondigitalocean.com:25061" },
    { host: /\.db\.ondigitalocean\.com$/i, leads: "direct", words: "*.db.ondigitalocean.com:25060" },
  ],
  defaults: {},
  reference: "https://docs.digitalocean.com/products/databases/postgresql/how-to/manage-connection-pools/",
};
