import type { PoolerKind } from "./profile.ts";

/** Every pooler as people call it, in messages and tables. */
export const poolerNames: Readonly<Record<PoolerKind, string>> = {
  pgbouncer: "PgBouncer",
  supavisor: "Supavisor",
  neon: "Neon's pooler",
  "rds-proxy": "RDS Proxy",
  azure: "Azure's PgBouncer",
  digitalocean: "DigitalOcean's PgBouncer",
  heroku: "Heroku's PgBouncer",
  crunchy: "Crunchy Bridge's PgBouncer",
  railway: "Railway's PgBouncer",
  hyperdrive: "Hyperdrive",
  pgcat: "PgCat",
  odyssey: "Odyssey",
  pgdog: "PgDog",
};
