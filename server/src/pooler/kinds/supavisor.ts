import type { PoolerKnowledge } from "../knowledge.ts";

export const supavisor: PoolerKnowledge = {
  kind: "supavisor",
  endpoints: [
    {
      host: /\.pooler\.supabase\.(?:com|co|red|green)$/i,
      port: 6543,
      leads: "pooled",
      mode: "transaction",
      words: "*.pooler.supabase.com:6543",
    },
    {
      host: /\.pooler\.supabase\.(?:com|co|red|green)$/i,
      port: 5432,
      leads: "pooled",
      mode: "session",
      words: "*.pooler.supabase.com:5432",
    },
    // The dedicated pooler of paid projects is a PgBouncer beside the database.
    {
      host: /^db\.\w+\.supabase\.(?:com|co|red)$/i,
      port: 6543,
      leads: "pooled",
      mode: "transaction",
      words: "db.*.supabase.co:6543",
    },
    { host: /^db\.\w+\.supabase\.(?:com|co|red)$/i, leads: "direct", words: "db.*.supabase.co:5432" },
    // `supabase start` with its pooler switched on.
    {
      host: /^(?:localhost|127\.0\.0\.1|host\.docker\.internal)$/i,
      port: 54329,
      leads: "pooled",
      words: "port 54329 of the local Supabase",
    },
    {
      host: /(?:^|[.-])supavisor(?:[.-]|$)/i,
      port: 5432,
      leads: "pooled",
      mode: "session",
      words: "a host named supavisor, port 5432",
    },
    { host: /(?:^|[.-])supavisor(?:[.-]|$)/i, leads: "pooled", words: "a host named supavisor" },
  ],
  image: /(?:^|\/)supavisor$/i,
  containerSettings: {
    POOLER_POOL_MODE: "pool_mode",
    POOLER_DEFAULT_POOL_SIZE: "default_pool_size",
    POOLER_MAX_CLIENT_CONN: "max_client_conn",
  },
  defaults: { mode: "transaction", preparedStatements: "lost" },
  reference: "https://supabase.com/docs/guides/database/connecting-to-postgres",
};
