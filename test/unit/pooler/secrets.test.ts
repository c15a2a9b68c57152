// biome-ignore-all lint/suspicious/noTemplateCurlyInString: compose and environment files write it so
import { describe, expect, it } from "vitest";
import type { UrlFacts } from "../../../server/src/core/model.ts";
import { readPoolers } from "../../../server/src/pooler/index.ts";
import { workspace } from "./workspace.ts";

/** Planted wherever people keep secrets; each place has its own, so that a failure names it. */
const files = {
  ".env":
    "DATABASE_URL=postgres://planted-user:planted-password@aws-0-eu.pooler.supabase.com:6543/app?password=planted-query&application_name=api\n" +
    "DIRECT_URL='postgres://u:planted@direct@db:5432/app'\nSESSION_SECRET=planted-session\nSTRIPE_KEY=planted-stripe\n" +
    "SENTRY_DSN=https://planted-sentry@o1.ingest.example.com/1\nSLACK_URL=https://hooks.example.com/services/planted-slack\n" +
    "PGPASSWORD=planted-pgpassword\nDB_HOST=db.internal\nBROKEN_URL=postgres://u:planted-broken\nREDIS_URL=redis://:planted-redis@r:6379/0\n" +
    "COMPOSED_URL=postgres://u:${SESSION_SECRET}@h/app\n",
  ".env.local": "DATABASE_URL=\"host=h dbname=app user=planted-dsn-user password='planted dsn'\"\n",
  ".env.example": "DATABASE_URL=postgres://u:planted-example@localhost:6432/app\n",
  "pgbouncer.ini":
    "[databases]\napp = host=db user=planted-ini-user password=planted-ini pool_mode=session connect_query='select planted_query()'\n" +
    "[pgbouncer]\npool_mode = transaction\nauth_file = /etc/planted-auth\nadmin_users = planted-admin\n" +
    "[users]\nplanted-own = pool_mode=session\n",
  "docker-compose.yml":
    "services:\n  bouncer:\n    image: edoburu/pgbouncer:1.23.1\n    environment:\n      DATABASE_URL: postgres://u:planted-compose@db/app\n" +
    "      DB_PASSWORD: planted-compose-password\n      POOL_MODE: ${SESSION_SECRET}\n  api:\n    build: .\n    environment:\n" +
    "      - API_URL=postgres://u:planted-api@bouncer:5432/app\n      - JWT_SECRET=planted-jwt\n",
  Dockerfile: "FROM edoburu/pgbouncer:1.22.0\nENV DB_PASSWORD=planted-docker POOL_MODE=planted-mode\n",
  "schema.prisma": 'datasource db {\n  url = "postgres://u:planted-prisma@h/app"\n}\n',
};

const names = [
  ...Object.values(files).flatMap((text) =>
    [...text.matchAll(/^\s*(?:- )?(?:ENV )?([A-Z][A-Z0-9_]*)\s*[=:]/gm)].map((match) => match[1] ?? ""),
  ),
  "NOBODY",
];

describe("secrets", () => {
  const snapshot = workspace(files);
  const from = "/w/src/db.ts";

  it("asks for every variable that the files hold", () => {
    expect(names).toEqual(
      expect.arrayContaining([
        "DATABASE_URL",
        "SESSION_SECRET",
        "JWT_SECRET",
        "PGPASSWORD",
        "REDIS_URL",
        "DB_PASSWORD",
      ]),
    );
  });

  it("are in nothing that is returned", () => {
    const poolers = readPoolers(snapshot);
    const urls = names
      .map((name) => poolers.urlOfEnvironment(name, from))
      .filter((url): url is UrlFacts => url !== undefined);
    const unknown = names.map(
      (environment): UrlFacts => ({
        place: { path: from, span: { start: 0, end: 0 } },
        environment,
        parameters: {},
        complete: false,
      }),
    );
    const profiles = [poolers.main, ...[undefined, ...urls, ...unknown].map((url) => poolers.profileFor(url, from))];
    const all = JSON.stringify([urls, profiles, poolers.setUp]);
    expect(urls.length).toBeGreaterThan(5);
    expect(all.match(/.{0,60}planted.{0,30}/g) ?? []).toEqual([]);
  });

  it("are in nothing for a file with one kind of file alone either", () => {
    for (const [path, text] of Object.entries(files)) {
      const poolers = readPoolers(workspace({ [path]: text }));
      const found = names.map((name) => poolers.urlOfEnvironment(name, from));
      const all = JSON.stringify([found, poolers.main, found.map((url) => poolers.profileFor(url, from))]);
      expect(all.match(/.{0,60}planted.{0,30}/g) ?? [], path).toEqual([]);
    }
  });
});
