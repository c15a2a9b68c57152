import { expect, test } from "vitest";
import { createAnalyzer } from "../../../server/src/analyze.ts";
import { profileLabel } from "../../../server/src/core/profile-rows.ts";
import { workspace } from "./workspace.ts";

/** One repository as people have it: an application behind a PgBouncer of its own, a worker with a database in session mode, services of the cloud. */
const files = {
  "package.json": '{ "name": "shop" }',
  "docker-compose.yml": `services:
  db:
    image: postgres:17
  pgbouncer:
    image: edoburu/pgbouncer:v1.24.1-p1
    ports: ["6432:5432"]
    volumes: ["./infra/pgbouncer.ini:/etc/pgbouncer/pgbouncer.ini:ro"]
  api:
    build: ./apps/api
    environment:
      DATABASE_URL: postgres://api:hunter2@pgbouncer:5432/shop
      PRIMARY_URL: postgres://api:hunter2@db:5432/shop
`,
  "infra/pgbouncer.ini": `[databases]
shop = host=db
jobs = host=db pool_mode=session
[users]
reporter = pool_mode=statement
[pgbouncer]
pool_mode = transaction
`,
  "infra/k8s.yaml": `apiVersion: postgresql.cnpg.io/v1
kind: Pooler
metadata: { name: analytics-rw, namespace: prod }
spec:
  pgbouncer: { poolMode: session }
`,
  "infra/main.tf": `resource "digitalocean_database_connection_pool" "billing" {
  name = "billing"
  mode = "session"
  size = 9
}
`,
  "apps/edge/wrangler.toml": '[[hyperdrive]]\nbinding = "DB"\n',
  "apps/web/.env": "DATABASE_URL=postgres://u:hunter2@aws-0-eu.pooler.supabase.com:5432/postgres\n",
  "apps/web/.env.local": "DATABASE_URL=postgres://u:hunter2@aws-0-eu.pooler.supabase.com:6543/postgres\n",
  "apps/worker/.env": "DB_HOST=pgbouncer\nDB_NAME=jobs\n",
  "apps/api/db.ts": `import { Pool } from "pg";
import { drizzle } from "drizzle-orm/node-postgres";
export const pooled = new Pool({ connectionString: process.env.DATABASE_URL });
export const past = new Pool({ connectionString: process.env.PRIMARY_URL });
export const reports = new Pool({ connectionString: "postgres://reporter:hunter2@localhost:6432/shop" });
export const orm = drizzle(pooled);
`,
  "apps/worker/db.ts": `import { Pool } from "pg";
import { drizzle } from "drizzle-orm/node-postgres";
export const jobs = new Pool({ host: process.env.DB_HOST, port: 5432, database: process.env.DB_NAME });
export const plain = new Pool({ host: "pgbouncer", port: 5432, database: "shop", user: "reporter" });
export const orm = drizzle(jobs);
`,
  "apps/web/db.ts": `import postgres from "postgres";
export const sql = postgres(process.env.DATABASE_URL!);
`,
  "apps/edge/index.ts": `import { Client } from "pg";
export default { async fetch(request: Request, env: Env) {
  const client = new Client({ connectionString: env.DB.connectionString });
  await client.connect();
  await client.end();
  return new Response();
} };
`,
  "apps/analytics/db.ts": `import { Pool } from "pg";
export const analytics = new Pool({ connectionString: "postgres://u:hunter2@analytics-rw.prod.svc:5432/app" });
export const billing = new Pool({ connectionString: \`postgres://u:\${process.env.PASSWORD}@x.db.ondigitalocean.com:25061/billing\` });
export const guess = new Pool({ connectionString: "postgres://u:hunter2@10.1.2.3:6432/elsewhere" });
`,
};

test("each pool of a workspace is judged by its own pooler", async () => {
  const { model, profile, poolers } = await createAnalyzer().analyze(workspace(files));
  const lineOf = (path: string, offset: number) =>
    files[path as keyof typeof files].slice(0, offset).split("\n").length;
  const told = model.pools.map(({ place: { path, span }, profile: own }) => {
    const name = path.slice("/w/".length);
    return `${name}:${lineOf(name, span.start)} ${profileLabel(own)}: ${own.mode.words}`;
  });
  expect(told).toEqual([
    "apps/analytics/db.ts:2 PgBouncer, session mode: infra/k8s.yaml:5 poolMode=session",
    "apps/analytics/db.ts:3 DigitalOcean's PgBouncer, session mode: infra/main.tf:3 mode=session",
    "apps/analytics/db.ts:4 PgBouncer 1.24.1, transaction mode: infra/pgbouncer.ini:7 pool_mode=transaction",
    "apps/api/db.ts:3 PgBouncer 1.24.1, transaction mode: infra/pgbouncer.ini:7 pool_mode=transaction",
    "apps/api/db.ts:4 No pooler: a direct connection: docker-compose.yml:12 PRIMARY_URL: service db, past the pooler",
    "apps/api/db.ts:5 PgBouncer 1.24.1, statement mode: infra/pgbouncer.ini:5 [users] pool_mode=statement",
    "apps/api/db.ts:6 PgBouncer 1.24.1, transaction mode: infra/pgbouncer.ini:7 pool_mode=transaction",
    "apps/edge/index.ts:3 Hyperdrive, transaction mode: apps/edge/wrangler.toml:2 Hyperdrive pools by transaction",
    "apps/web/db.ts:2 Supavisor, transaction mode: apps/web/.env.local:1 DATABASE_URL: *.pooler.supabase.com:6543",
    "apps/worker/db.ts:3 PgBouncer 1.24.1, session mode: infra/pgbouncer.ini:3 [databases] jobs pool_mode=session",
    "apps/worker/db.ts:4 PgBouncer 1.24.1, statement mode: infra/pgbouncer.ini:5 [users] pool_mode=statement",
    "apps/worker/db.ts:5 PgBouncer 1.24.1, session mode: infra/pgbouncer.ini:3 [databases] jobs pool_mode=session",
  ]);
  expect(profile.mode.words).toBe("infra/pgbouncer.ini:7 pool_mode=transaction");
  expect(poolers.map(({ scope, profile: own }) => `${profileLabel(own)}${scope ? `, ${scope}` : ""}`)).toEqual([
    "PgBouncer 1.24.1, transaction mode",
    "PgBouncer 1.24.1, session mode, database jobs",
    "PgBouncer 1.24.1, statement mode, one user",
    "PgBouncer, session mode",
    "DigitalOcean's PgBouncer, session mode",
    "Hyperdrive, transaction mode",
  ]);
  expect(JSON.stringify([model.pools.map((pool) => [pool.url, pool.profile]), poolers])).not.toContain("hunter2");
});
