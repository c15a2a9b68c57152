// biome-ignore-all lint/suspicious/noTemplateCurlyInString: compose and environment files write it so
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ShowProfileResult } from "../../server/src/lsp/protocol.ts";
import { Client, Folder } from "./support/client.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** A secret wherever people keep one; each place has its own, so that a failure names it. Ten characters and more, none of them special. */
const files: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "shop" }',
  ".env":
    "DATABASE_URL=postgres://planteduser1:plantedenv1@pgbouncer:6432/app?password=plantedquery1\n" +
    'DB_PASSWORD=plantedenv2\nSESSION_SECRET=plantedenv3\nDSN_URL="host=pgbouncer user=planteduser2 password=planteddsn1"\n',
  ".env.example": "DATABASE_URL=postgres://u:plantedexample1@localhost:6432/app\n",
  "docker-compose.yml":
    "services:\n  pgbouncer:\n    image: edoburu/pgbouncer:1.18.0\n    environment:\n      DB_PASSWORD: plantedcompose1\n" +
    "      POOL_MODE: transaction\n      CLIENT_IDLE_TIMEOUT: 30\n      AUTH_QUERY: ${SESSION_SECRET}\n  api:\n    build: .\n    environment:\n" +
    "      API_URL: postgres://u:plantedcompose2@pgbouncer/app\n      JWT_SECRET: plantedcompose3\n",
  "pgbouncer/pgbouncer.ini":
    "[databases]\napp = host=db user=planteduser3 password=plantedini1 pool_mode=session\nbroken = host=db password=plantedini2 oops\n" +
    "[users]\nplanteduser4 = pool_mode=statement\n[pgbouncer]\npool_mode = transaction\nlisten_port = 7000\nauth_type = any\nadmin_users = planteduser5\nno_such_setting = 1\n",
  Dockerfile: "FROM edoburu/pgbouncer:1.22.0\nENV DB_PASSWORD=planteddocker1 POOL_MODE=planteddocker2\n",
  "k8s/all.yaml":
    `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\ndata:\n  url: ${base64("postgres://u:plantedk8s1@pgbouncer:6432/app")}\n  pgbouncer.ini: ${base64("[databases]\na = host=b password=plantedk8s2\n[pgbouncer]\npool_mode=session\n")}\n` +
    "stringData: { password: plantedk8s3 }\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template:\n    spec:\n      containers:\n        - image: bitnami/pgbouncer:1.23.1\n          env: [{ name: POSTGRESQL_PASSWORD, value: plantedk8s4 }, { name: PGBOUNCER_POOL_MODE, value: plantedk8s5 }]\n        - image: web\n          env: [{ name: K8S_URL, valueFrom: { secretKeyRef: { name: s, key: url } } }]\n",
  "infra/db.tf":
    'variable "pool_password" { default = "plantedtf1" }\nresource "digitalocean_database_connection_pool" "a" {\n  name = "tf"\n  mode = var.pool_password\n  user = "planteduser6"\n}\nresource "aws_db_proxy" "p" {\n  auth { client_password_auth_type = "plantedtf2" }\n}\n',
  "pgcat.toml":
    '[general]\nadmin_password = "plantedtoml1"\n[pools.app]\npool_mode = "session"\n[pools.app.users.0]\nusername = "planteduser7"\npassword = "plantedtoml2"\npool_size = 3\n',
  "pgdog.toml": '[admin]\npassword = "plantedtoml3"\n[[databases]]\nname = "app"\n',
  "users.toml": '[[users]]\nname = "planteduser8"\npassword = "plantedtoml4"\npooler_mode = "session"\n',
  "odyssey.conf":
    'database "x" {\n  user "planteduser9" {\n    pool "session"\n    password "plantedconf1"\n    storage_password "plantedconf2"\n  }\n}\n',
  "values.yaml":
    "pgbouncer:\n  poolMode: transaction\n  password: plantedhelm1\n  env: { DB_PASSWORD: plantedhelm2 }\n",
  "schema.prisma":
    'generator client {\n  provider = "prisma-client-js"\n}\ndatasource db {\n  provider = "postgresql"\n  url = "postgres://u:plantedprisma1@pgbouncer:6432/app"\n}\n',
  "wrangler.toml":
    '[[hyperdrive]]\nbinding = "DB"\nlocalConnectionString = "postgres://u:plantedwrangler1@localhost:5432/app"\n[vars]\nTOKEN = "plantedwrangler2"\n',
  "db.ts": `import { Pool, Client } from "pg";
import postgres from "postgres";
const literal = new Pool({ connectionString: "postgres://planteduser1:plantedcode1@pgbouncer:6432/app?sslpassword=plantedcode2", min: 5, idleTimeoutMillis: 0 });
const parts = new Pool({ host: "pgbouncer", port: 6432, database: "app", user: "planteduser4", password: "plantedcode3" });
const templated = new Pool({ connectionString: \`postgres://u:plantedcode4@\${process.env.HOST}:6432/app\` });
const named = new Pool({ connectionString: process.env.DATABASE_URL ?? "postgres://u:plantedcode5@pgbouncer:6432/app" });
const tagged = postgres("postgres://u:plantedcode6@pgbouncer:6432/app?options=-c%20statement_timeout%3D1");
export async function pay() {
  await literal.query("BEGIN");
  await fetch("https://api.example.com");
  await parts.query("ALTER ROLE app PASSWORD 'plantedcode7'");
  await templated.query("SET search_path TO a");
  await named.query("LISTEN x");
  await tagged\`SELECT 1\`;
  const client = new Client({ connectionString: process.env.K8S_URL });
  await client.connect();
  await client.query("BEGIN");
}
`,
};

const dist = mkdtempSync(join(tmpdir(), "bouncer-safe-dist-"));
const folder = new Folder(files);

beforeAll(async () => {
  const script = pathToFileURL(join(import.meta.dirname, "../../scripts/build.mjs")).href;
  const { buildAll } = (await import(script)) as { readonly buildAll: (dist: string) => Promise<unknown> };
  await buildAll(dist);
}, 120_000);

afterAll(() => {
  rmSync(dist, { recursive: true });
  folder.remove();
});

const run = async (...args: readonly string[]): Promise<string> => {
  const command = promisify(execFile)(process.execPath, [join(dist, "cli.js"), ...args, folder.path], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const { stdout, stderr } = await command.catch((error) => error as { stdout: string; stderr: string });
  return stdout + stderr;
};

/** What leaked, with the words around it. */
const leaks = (output: string): readonly string[] => [
  ...new Set(output.match(/.{0,80}planted(?!user)[a-z0-9]+\d.{0,30}/g) ?? []),
];

/** The names of roles are no passwords: a report that quotes a line of code shows them. Nothing else does. */
const names = (output: string): readonly string[] => [...new Set(output.match(/.{0,80}planteduser\d.{0,30}/g) ?? [])];

describe("no planted secret is in", () => {
  test.each([
    ["check", "--severity", "hint"],
    ["check", "--format", "json", "--severity", "hint"],
    ["check", "--format", "sarif", "--severity", "hint"],
    ["check", "--format", "github", "--severity", "hint"],
    ["check", "--timing"],
    ["check", "--print", "profile"],
    ["check", "--print", "model"],
    ["check", "--print", "findings"],
    ["check", "--print", "facts"],
    ["profile"],
    ["profile", "--format", "json"],
  ])("%s %s %s", async (...args) => {
    const output = await run(...args.filter((arg) => arg !== undefined));
    expect(output.length).toBeGreaterThan(200);
    expect(leaks(output)).toEqual([]);
    if (args.includes("profile")) expect(names(output)).toEqual([]);
  });

  test("what the server says: diagnostics, hovers, the status, the page of the profile, the log", async () => {
    const client = await Client.start({ server: join(dist, "server.js"), folders: [folder] });
    const { items } = await client.pullWorkspace();
    const said: unknown[] = [items];
    for (const name of Object.keys(files)) {
      const uri = folder.uriOf(name);
      await client.open(uri, files[name]!, "plaintext");
      const report = await client.pull(uri);
      said.push(report);
      const lines = files[name]!.split("\n").map((_, line) => line);
      const positions = lines.flatMap((line) => [0, 8, 18, 25].map((character) => ({ line, character })));
      for (const position of positions)
        said.push(await client.request("textDocument/hover", { textDocument: { uri }, position }));
    }
    said.push(await client.request<ShowProfileResult>("bouncerSafe/showProfile", {}));
    // Something was said of what holds the secrets.
    const heard = JSON.stringify([said, client.received]);
    await client.stop();
    expect(items.length).toBeGreaterThan(0);
    expect(heard).toContain("pgbouncer/pgbouncer.ini:6");
    expect([...leaks(heard), ...names(heard)]).toEqual([]);
  }, 60_000);
});
