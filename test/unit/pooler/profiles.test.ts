// biome-ignore-all lint/suspicious/noTemplateCurlyInString: compose and environment files write it so
import { describe, expect, it } from "vitest";
import type { UrlFacts } from "../../../server/src/core/model.ts";
import type { Evidenced, Profile } from "../../../server/src/core/profile.ts";
import type { Settings } from "../../../server/src/core/settings.ts";
import { parseUrl, readPoolers, userDigest } from "../../../server/src/pooler/index.ts";
import { workspace } from "./workspace.ts";

/** `value strength words` of each value that is asked for. */
const told = (profile: Profile, ...keys: readonly (keyof Profile)[]): readonly string[] =>
  keys.map((key) => {
    const evidence = profile[key] as Evidenced<unknown> | undefined;
    return evidence ? `${String(evidence.value)} | ${evidence.strength} | ${evidence.words}` : "–";
  });

const main = (files: Readonly<Record<string, string>>, pooler: Settings["pooler"] = {}): Profile =>
  readPoolers(workspace(files, pooler)).main;

const from = "/w/src/db.ts";

/** A URL as the code's front end hands it over. */
const url = (text: string): UrlFacts => ({
  place: { path: from, span: { start: 0, end: 1 } },
  parameters: {},
  complete: true,
  ...parseUrl(text),
});

const named = (environment: string): UrlFacts => ({
  place: { path: from, span: { start: 0, end: 1 } },
  environment,
  parameters: {},
  complete: false,
});

describe("nothing in the workspace", () => {
  it("assumes PgBouncer in transaction mode, version unknown", () => {
    expect(told(main({}), "kind", "mode", "version")).toEqual([
      "pgbouncer | assumed | assumes PgBouncer",
      "transaction | assumed | assumes transaction pooling",
      "–",
    ]);
  });
});

describe("settings", () => {
  it("go before pgbouncer.ini and name the line of bouncer-safe.json", () => {
    const files = {
      "bouncer-safe.json":
        '{\n  "pooler": {\n    "mode": "session",\n    "ignoreStartupParameters": ["options", "search_path"]\n  }\n}\n',
      "pgbouncer.ini": "[pgbouncer]\npool_mode = transaction\nmax_client_conn = 50\n",
    };
    const profile = main(files, {
      mode: "session",
      ignoreStartupParameters: ["options", "search_path"],
      clientIdleTimeout: 30,
    });
    expect(told(profile, "mode", "ignoreStartupParameters", "clientIdleTimeout", "maxClientConnections")).toEqual([
      "session | stated | bouncer-safe.json:3 pooler.mode=session",
      "options,search_path | stated | bouncer-safe.json:4 pooler.ignoreStartupParameters=options,search_path",
      "30 | stated | settings: pooler.clientIdleTimeout=30",
      "50 | stated | pgbouncer.ini:3 max_client_conn=50",
    ]);
  });

  it("work out what follows from a version", () => {
    expect(told(main({}, { version: "1.18.0" }), "version", "maxPreparedStatements", "preparedStatements")).toEqual([
      "1,18,0 | stated | settings: pooler.version=1.18.0",
      "0 | stated | PgBouncer 1.18.0 has no max_prepared_statements",
      "false | stated | PgBouncer 1.18.0 has no max_prepared_statements",
    ]);
    expect(main({}, { version: "1.22.1" }).maxPreparedStatements?.value).toBe(0);
    expect(main({}, { version: "1.24.1" }).maxPreparedStatements?.value).toBe(200);
    expect(main({}, { version: "1.25" }).preparedStatements?.value).toBe(true);
    expect(main({}, { version: "1.24.1", maxPreparedStatements: 0 }).preparedStatements?.value).toBe(false);
  });

  it("of another kind put away what was found of the first", () => {
    const profile = main(
      { "pgbouncer.ini": "[pgbouncer]\npool_mode=session\nclient_idle_timeout=5\n" },
      { kind: "supavisor" },
    );
    expect(told(profile, "kind", "mode", "clientIdleTimeout", "preparedStatements")).toEqual([
      "supavisor | stated | settings: pooler.kind=supavisor",
      "transaction | stated | Supavisor pools by transaction",
      "–",
      "false | stated | Supavisor does not keep prepared statements",
    ]);
  });
});

describe("pgbouncer.ini", () => {
  it("names file and line of each setting", () => {
    const text =
      "; a comment\n[databases]\napp = host=db\n\n[pgbouncer]\npool_mode = Transaction\nclient_idle_timeout=600\n" +
      "ignore_startup_parameters = extra_float_digits, options\nserver_reset_query_always = 1\nidle_transaction_timeout = 0.5\n";
    expect(
      told(
        main({ "deploy/pgbouncer.ini": text }),
        "kind",
        "mode",
        "clientIdleTimeout",
        "ignoreStartupParameters",
        "serverResetQueryAlways",
        "idleTransactionTimeout",
      ),
    ).toEqual([
      "pgbouncer | stated | deploy/pgbouncer.ini:5 [pgbouncer]",
      "transaction | stated | deploy/pgbouncer.ini:6 pool_mode=Transaction",
      "600 | stated | deploy/pgbouncer.ini:7 client_idle_timeout=600",
      "extra_float_digits,options | stated | deploy/pgbouncer.ini:8 ignore_startup_parameters=extra_float_digits, options",
      "true | stated | deploy/pgbouncer.ini:9 server_reset_query_always=1",
      "0.5 | stated | deploy/pgbouncer.ini:10 idle_transaction_timeout=0.5",
    ]);
  });

  it("places point at the line, also with CRLF", () => {
    const text = "[pgbouncer]\r\npool_mode = transaction\r\nmax_client_conn=9\r\n";
    const { mode, maxClientConnections } = main({ "pgbouncer.ini": text });
    expect(mode.place?.path).toBe("/w/pgbouncer.ini");
    expect(text.slice(mode.place?.span.start, mode.place?.span.end)).toBe("pool_mode = transaction");
    expect(maxClientConnections?.words).toBe("pgbouncer.ini:3 max_client_conn=9");
  });

  it("without pool_mode is in session mode, and has PgBouncer's defaults", () => {
    expect(
      told(
        main({ "pgbouncer.ini": "[pgbouncer]\n" }),
        "mode",
        "defaultPoolSize",
        "maxClientConnections",
        "clientIdleTimeout",
      ),
    ).toEqual([
      "session | stated | pgbouncer.ini:1 sets no pool_mode: session",
      "20 | stated | pgbouncer.ini:1 sets no default_pool_size: 20",
      "100 | stated | pgbouncer.ini:1 sets no max_client_conn: 100",
      "–",
    ]);
  });

  it("takes a trailing comment for what it is: part of a value that is not valid", () => {
    expect(main({ "pgbouncer.ini": "[pgbouncer]\npool_mode = transaction ; fast\n" }).mode.words).not.toContain(
      "pool_mode=transaction ;",
    );
  });

  it("lets the last of two settings win", () => {
    expect(main({ "pgbouncer.ini": "[pgbouncer]\npool_mode=session\npool_mode=statement\n" }).mode.words).toBe(
      "pgbouncer.ini:3 pool_mode=statement",
    );
  });

  it("gives a database its own mode and size", () => {
    const poolers = readPoolers(
      workspace({
        "pgbouncer.ini":
          "[databases]\njobs = host=db pool_mode=session pool_size=3\n* = host=db\n[pgbouncer]\npool_mode=transaction\nlisten_port=7000\n",
      }),
    );
    expect(told(poolers.profileFor(url("postgres://localhost:7000/jobs"), from), "mode", "defaultPoolSize")).toEqual([
      "session | stated | pgbouncer.ini:2 [databases] jobs pool_mode=session",
      "3 | stated | pgbouncer.ini:2 [databases] jobs pool_size=3",
    ]);
    expect(poolers.profileFor(url("postgres://localhost:7000/app"), from).mode.value).toBe("transaction");
    expect(poolers.profileFor(url("postgres://elsewhere/jobs"), from).mode.value).toBe("session");
  });

  it("reads %include in place", () => {
    const profile = main({
      "conf/pgbouncer.ini": "[pgbouncer]\npool_mode=session\n%include conf.d/limits.ini\nmax_client_conn=7\n",
      "conf/conf.d/limits.ini": "pool_mode=transaction\nmax_client_conn=5\n",
    });
    expect(told(profile, "mode", "maxClientConnections")).toEqual([
      "transaction | stated | conf/conf.d/limits.ini:1 pool_mode=transaction",
      "7 | stated | conf/pgbouncer.ini:4 max_client_conn=7",
    ]);
  });

  it("stays in the section that an included file opened, as PgBouncer does", () => {
    const files = {
      "pgbouncer.ini": "[pgbouncer]\npool_mode=transaction\n%include users.ini\npool_mode=session\n",
      "users.ini": "max_client_conn=2\n[users]\n",
    };
    expect(told(main(files), "mode", "maxClientConnections")).toEqual([
      "transaction | stated | pgbouncer.ini:2 pool_mode=transaction",
      "2 | stated | users.ini:1 max_client_conn=2",
    ]);
  });

  it("begins anew with a second header, as PgBouncer does", () => {
    const text = "[pgbouncer]\npool_mode=transaction\n[pgbouncer]\nmax_client_conn=3\n";
    expect(told(main({ "pgbouncer.ini": text }), "mode", "maxClientConnections")).toEqual([
      "session | stated | pgbouncer.ini:3 sets no pool_mode: session",
      "3 | stated | pgbouncer.ini:4 max_client_conn=3",
    ]);
  });

  it("survives a file that includes itself", () => {
    const files = {
      "a.ini": "[pgbouncer]\n%include b.ini\n",
      "b.ini": "[pgbouncer]\npool_mode=transaction\n%include a.ini\n",
    };
    expect(() => main(files)).not.toThrow();
  });

  it("is no other ini file", () => {
    expect(main({ "setup.ini": "[general]\npool_mode = session\n" }).kind.strength).toBe("assumed");
  });

  it("in production goes before one in the tests", () => {
    const files = {
      "test/pgbouncer.ini": "[pgbouncer]\npool_mode=session\n",
      "infra/prod/pgbouncer.ini": "[pgbouncer]\npool_mode=transaction\n",
    };
    expect(main(files).mode.words).toBe("infra/prod/pgbouncer.ini:2 pool_mode=transaction");
  });
});

describe("compose files", () => {
  const edoburu =
    "services:\n  pool:\n    image: edoburu/pgbouncer:v1.24.1-p0\n    environment:\n      - POOL_MODE=transaction\n" +
    "      - MAX_CLIENT_CONN=500\n      - DB_PASSWORD=hunter2\n    ports:\n      - '127.0.0.1:6432:5432'\n";

  it("say mode, sizes, and by the image's tag the version", () => {
    expect(
      told(
        main({ "docker-compose.yml": edoburu }),
        "kind",
        "version",
        "mode",
        "maxClientConnections",
        "maxPreparedStatements",
      ),
    ).toEqual([
      "pgbouncer | stated | docker-compose.yml:3 image edoburu/pgbouncer:v1.24.1-p0",
      "1,24,1 | stated | docker-compose.yml:3 image edoburu/pgbouncer:v1.24.1-p0",
      "transaction | stated | docker-compose.yml:5 POOL_MODE=transaction",
      "500 | stated | docker-compose.yml:6 MAX_CLIENT_CONN=500",
      "200 | stated | docker-compose.yml:3 PgBouncer 1.24.1 has max_prepared_statements=200",
    ]);
  });

  it.each([
    ["bitnami/pgbouncer:1.22.1-debian-12-r3", "PGBOUNCER_POOL_MODE: statement", "statement", [1, 22, 1]],
    ["docker.io/bitnamilegacy/pgbouncer:latest", "PGBOUNCER_POOL_MODE: transaction", "transaction", undefined],
    ["pgbouncer/pgbouncer:1.15.0", "PGBOUNCER_POOL_MODE: transaction", "transaction", [1, 15, 0]],
    ["registry.example.com:5000/tools/pgbouncer:1.23", "POOL_MODE: transaction", "transaction", [1, 23]],
    ["crunchydata/crunchy-pgbouncer:ubi8-1.21-0", "POOL_MODE: transaction", "transaction", [1, 21]],
    ["crunchydata/crunchy-pgbouncer:centos8-13.4-4.7.2", "POOL_MODE: transaction", "transaction", undefined],
    ["pgbouncer/pgbouncer:1.24.1", "SOMETHING: else", "session", [1, 24, 1]],
    // An image of somebody's own may bring its own ini.
    ["ghcr.io/cloudnative-pg/pgbouncer:1.24.1", "SOMETHING: else", "transaction", [1, 24, 1]],
    ["edoburu/pgbouncer@sha256:0123", "POOL_MODE: transaction", "transaction", undefined],
  ])("know the image %s", (image, variable, mode, version) => {
    const profile = main({
      "compose.yaml": `services:\n  p:\n    image: ${image}\n    environment:\n      ${variable}\n`,
    });
    expect(profile.kind.value).toBe("pgbouncer");
    expect(profile.mode.value).toBe(mode);
    expect(profile.version?.value).toEqual(version);
  });

  it("without a mode and without an ini are in session mode", () => {
    expect(main({ "compose.yml": "services:\n  p:\n    image: edoburu/pgbouncer\n" }).mode.words).toBe(
      "compose.yml:3 image edoburu/pgbouncer sets no POOL_MODE: session",
    );
  });

  it("that mount an ini from elsewhere leave the mode assumed", () => {
    const text =
      "services:\n  p:\n    image: edoburu/pgbouncer:1.24.1\n    volumes:\n      - /etc/pgbouncer:/etc/pgbouncer:ro\n";
    const { mode, version } = main({ "compose.yml": text });
    expect(mode.strength).toBe("assumed");
    expect(version?.value).toEqual([1, 24, 1]);
  });

  it("and the ini that they mount are one pooler", () => {
    const files = {
      "docker-compose.yml":
        "services:\n  bouncer:\n    image: bitnami/pgbouncer:1.18.0\n    ports: ['7432:6432']\n    volumes:\n      - ./conf/pgbouncer.ini:/bitnami/pgbouncer/conf/pgbouncer.ini\n",
      "conf/pgbouncer.ini": "[databases]\nold = host=db pool_mode=session\n[pgbouncer]\npool_mode = transaction\n",
    };
    const poolers = readPoolers(workspace(files));
    expect(told(poolers.main, "mode", "version")).toEqual([
      "transaction | stated | conf/pgbouncer.ini:4 pool_mode=transaction",
      "1,18,0 | stated | docker-compose.yml:3 image bitnami/pgbouncer:1.18.0",
    ]);
    expect(poolers.profileFor(url("postgres://bouncer:6432/old"), from).mode.value).toBe("session");
    expect(poolers.profileFor(url("postgres://localhost:7432/app"), from).version?.value).toEqual([1, 18, 0]);
  });

  it("fill in ${NAME:-default} and the .env beside them", () => {
    const files = {
      "compose.yml":
        "services:\n  p:\n    image: edoburu/pgbouncer:${TAG:-1.23.0}\n    environment:\n      POOL_MODE: ${MODE}\n      DEFAULT_POOL_SIZE: ${NOWHERE}\n",
      ".env": "MODE=transaction\n",
    };
    const profile = main(files);
    expect(profile.version?.value).toEqual([1, 23, 0]);
    expect(profile.mode.value).toBe("transaction");
    expect(profile.defaultPoolSize).toBeUndefined();
  });

  it("resolve anchors and merge keys", () => {
    const text =
      "x-pool: &pool\n  POOL_MODE: transaction\nservices:\n  p:\n    image: edoburu/pgbouncer\n    environment:\n      <<: *pool\n      MAX_CLIENT_CONN: 10\n";
    expect(main({ "compose.yml": text }).mode.words).toBe("compose.yml:2 POOL_MODE=transaction");
  });

  it.each([
    ["pgcat", "ghcr.io/postgresml/pgcat:latest"],
    ["pgdog", "ghcr.io/pgdogdev/pgdog:main"],
    ["odyssey", "ghcr.io/yandex/odyssey"],
    ["supavisor", "supabase/supavisor:2.5.6"],
  ])("know %s", (kind, image) => {
    expect(main({ "compose.yml": `services:\n  p:\n    image: ${image}\n` }).kind.value).toBe(kind);
  });

  it("take no exporter for a pooler", () => {
    expect(
      main({ "compose.yml": "services:\n  e:\n    image: prometheuscommunity/pgbouncer-exporter\n" }).kind.strength,
    ).toBe("assumed");
  });

  it.each([
    "services:\n  p:\n    image: [",
    "services: *nowhere",
    "- a\n- b",
    "services:\n  p:\n    environment:\n      <<: 3\n",
    "\u0000",
  ])("survive %j", (text) => expect(() => main({ "compose.yml": text })).not.toThrow());
});

describe("Dockerfiles", () => {
  it("say it by FROM and ENV", () => {
    const text =
      "ARG VERSION=1.21.0\nFROM edoburu/pgbouncer:${VERSION}\nENV POOL_MODE=transaction \\\n    DEFAULT_POOL_SIZE=40\n";
    expect(
      told(main({ "bouncer/Dockerfile": text }), "version", "mode", "defaultPoolSize", "maxPreparedStatements"),
    ).toEqual([
      "1,21,0 | stated | bouncer/Dockerfile:2 FROM edoburu/pgbouncer:1.21.0",
      "transaction | stated | bouncer/Dockerfile:3 POOL_MODE=transaction",
      "40 | stated | bouncer/Dockerfile:4 DEFAULT_POOL_SIZE=40",
      "0 | stated | bouncer/Dockerfile:2 PgBouncer 1.21.0 has max_prepared_statements=0",
    ]);
  });

  it("that copy an ini are one with it", () => {
    const files = {
      "bouncer/Dockerfile": "FROM edoburu/pgbouncer:1.18.0\nCOPY pgbouncer.ini /etc/pgbouncer/\n",
      "bouncer/pgbouncer.ini": "[pgbouncer]\npool_mode=transaction\n",
    };
    expect(told(main(files), "mode", "version")).toEqual([
      "transaction | stated | bouncer/pgbouncer.ini:2 pool_mode=transaction",
      "1,18,0 | stated | bouncer/Dockerfile:1 FROM edoburu/pgbouncer:1.18.0",
    ]);
  });

  it("of an application say nothing", () => {
    expect(main({ Dockerfile: "FROM node:20\nENV POOL_MODE=session\n" }).mode.strength).toBe("assumed");
  });
});

describe("hosts", () => {
  it.each([
    ["postgres://u:p@aws-0-eu-central-1.pooler.supabase.com:6543/postgres", "supavisor", "transaction", false],
    ["postgres://u:p@aws-0-eu-central-1.pooler.supabase.com:5432/postgres", "supavisor", "session", true],
    ["postgres://u:p@aws-0-eu-central-1.pooler.supabase.com/postgres", "supavisor", "session", true],
    ["postgres://u:p@ep-cool-pooler.eu-central-1.aws.neon.tech/db?sslmode=require", "neon", "transaction", true],
    ["postgres://u:p@x.proxy-abc.eu-west-1.rds.amazonaws.com/db", "rds-proxy", "transaction", true],
    ["postgres://u:p@x.postgres.database.azure.com:6432/db", "azure", "transaction", false],
    ["postgres://u:p@x.db.ondigitalocean.com:25061/pool", "digitalocean", "transaction", undefined],
    ["postgres://u:p@p.abc.db.postgresbridge.com:5431/db", "crunchy", "transaction", undefined],
    ["postgres://u:p@pgbouncer.railway.internal:6432/db", "railway", "transaction", undefined],
    ["postgres://u:p@abc.hyperdrive.local:5432/db", "hyperdrive", "transaction", true],
    ["postgres://u:p@pgcat:6432/db", "pgcat", "transaction", undefined],
    ["postgres://u:p@pgdog.prod.svc:6432/db", "pgdog", "transaction", true],
    ["postgres://u:p@odyssey:6432/db", "odyssey", "transaction", undefined],
    ["postgres://u:p@pgbouncer.prod.svc.cluster.local/db", "pgbouncer", "transaction", undefined],
    ["host=pg-bouncer port=6432 dbname=app password=hunter2", "pgbouncer", "transaction", undefined],
  ])("%s", (text, kind, mode, preparedStatements) => {
    const profile = readPoolers(workspace({ "src/db.ts": "" })).profileFor(url(text), from);
    expect(profile.kind).toMatchObject({ value: kind, strength: "stated" });
    expect(profile.mode.value).toBe(mode);
    expect(profile.preparedStatements?.value).toBe(preparedStatements);
    expect(profile.direct).toBeUndefined();
  });

  it.each([
    "postgres://u:p@db.abcdefgh.supabase.co:5432/postgres",
    "postgres://u:p@ep-cool.eu-central-1.aws.neon.tech/db",
    "postgres://u:p@x.db.ondigitalocean.com:25060/db",
    "postgres://u:p@x.postgres.database.azure.com/db",
    "postgres://u:p@x.abc.eu-west-1.rds.amazonaws.com:5432/db",
    "postgres://u:p@p.abc.db.postgresbridge.com:5432/db",
  ])("%s goes past the pooler", (text) => {
    const profile = readPoolers(workspace({ "src/db.ts": "" })).profileFor(url(text), from);
    expect(profile.direct?.value).toBe(true);
    expect(profile.mode.value).toBe("session");
  });

  it("in words hold the shape and not the name", () => {
    const files = { "src/db.ts": "\n\nopen('…');" };
    const at: UrlFacts = {
      ...url("postgres://u:p@aws-0-eu-central-1.pooler.supabase.com:6543/postgres"),
      place: { path: from, span: { start: 2, end: 5 } },
    };
    expect(readPoolers(workspace(files)).profileFor(at, from).mode.words).toBe(
      "src/db.ts:3 *.pooler.supabase.com:6543",
    );
  });

  it("a port alone informs and does not decide", () => {
    const profile = readPoolers(workspace({ "src/db.ts": "" })).profileFor(url("postgres://10.0.0.7:6432/app"), from);
    expect(told(profile, "kind", "mode")).toEqual([
      "pgbouncer | weak | src/db.ts:1 port 6432",
      "transaction | assumed | assumes transaction pooling",
    ]);
  });
});

describe("environment variables", () => {
  const supabase = (port: number): string =>
    `postgres://u:hunter2@aws-0-eu-central-1.pooler.supabase.com:${port}/postgres`;

  it("of .env say what DATABASE_URL leads to", () => {
    const poolers = readPoolers(workspace({ ".env": `# db\nDATABASE_URL="${supabase(6543)}?pgbouncer=true"\n` }));
    expect(poolers.urlOfEnvironment("DATABASE_URL", from)).toEqual({
      place: {
        path: "/w/.env",
        span: { start: 5, end: 5 + 'DATABASE_URL=""'.length + supabase(6543).length + "?pgbouncer=true".length },
      },
      environment: "DATABASE_URL",
      scheme: "postgres",
      host: "aws-0-eu-central-1.pooler.supabase.com",
      port: 6543,
      database: "postgres",
      user: userDigest("u"),
      parameters: { pgbouncer: "true" },
      complete: true,
    });
    expect(poolers.main.mode.words).toBe(".env:2 DATABASE_URL: *.pooler.supabase.com:6543");
    expect(poolers.profileFor(named("DATABASE_URL"), from).kind.value).toBe("supavisor");
  });

  it(".env.local goes before .env, a nearer folder before a farther one, compose before both", () => {
    const host = (name: string): string => `DATABASE_URL=postgres://${name}/app\n`;
    const files = {
      ".env": host("plain"),
      ".env.local": host("local"),
      "apps/api/.env": host("api"),
      ".env.test": host("test"),
    };
    const of = (files: Record<string, string>, path: string) =>
      readPoolers(workspace(files)).urlOfEnvironment("DATABASE_URL", path)?.host;
    expect(of(files, "/w/src/db.ts")).toBe("local");
    expect(of(files, "/w/apps/api/src/db.ts")).toBe("api");
    expect(of({ ".env.test": host("test"), ".env.staging": host("staging") }, from)).toBe("staging");
    const compose = "services:\n  web:\n    build: .\n    environment:\n      DATABASE_URL: postgres://composed/app\n";
    expect(of({ ...files, "compose.yml": compose }, "/w/src/db.ts")).toBe("composed");
  });

  it("of the example file give the name alone, and at most a hint", () => {
    const poolers = readPoolers(workspace({ ".env.example": `DATABASE_URL=${supabase(5432)}\n` }));
    expect(poolers.urlOfEnvironment("DATABASE_URL", from)).toEqual({
      place: { path: "/w/.env.example", span: { start: 0, end: `DATABASE_URL=${supabase(5432)}`.length } },
      environment: "DATABASE_URL",
      parameters: {},
      complete: false,
    });
    expect(told(poolers.main, "kind", "mode")).toEqual([
      "supavisor | weak | .env.example:1 DATABASE_URL: *.pooler.supabase.com:5432",
      "transaction | assumed | assumes transaction pooling",
    ]);
  });

  it("of the container that runs the application lead to its pooler", () => {
    const text =
      "services:\n  bouncer:\n    image: edoburu/pgbouncer:1.23.1\n    environment:\n      POOL_MODE: transaction\n" +
      "      DATABASE_URL: postgres://u:p@db/app\n  api:\n    build: ./api\n    environment:\n" +
      "      DATABASE_URL: postgres://u:${PW}@bouncer:5432/app?application_name=api\n";
    const poolers = readPoolers(workspace({ "compose.yml": text }));
    const found = poolers.urlOfEnvironment("DATABASE_URL", "/w/api/src/db.ts");
    expect(found).toMatchObject({
      host: "bouncer",
      port: 5432,
      parameters: { application_name: "api" },
      complete: true,
    });
    expect(poolers.profileFor(found, "/w/api/src/db.ts").mode.words).toBe("compose.yml:5 POOL_MODE=transaction");
  });

  it("of another folder count where it is the only one", () => {
    const of = (files: Readonly<Record<string, string>>) =>
      readPoolers(workspace(files)).urlOfEnvironment("DATABASE_URL", from)?.host;
    const line = (host: string): string => `DATABASE_URL=postgres://${host}/app\n`;
    expect(of({ "docker/.env": line("one") })).toBe("one");
    expect(of({ "a/.env": line("one"), "b/.env": line("two") })).toBeUndefined();
    expect(
      readPoolers(workspace({ "examples/.env.example": line("one") })).urlOfEnvironment("DATABASE_URL", from),
    ).toBeUndefined();
  });

  it("that lead to the database beside the pooler go past it", () => {
    const text =
      "services:\n  db:\n    image: postgres:17\n  bouncer:\n    image: edoburu/pgbouncer\n    environment: { POOL_MODE: transaction }\n" +
      "  api:\n    build: .\n    environment:\n      DATABASE_URL: postgres://u:p@bouncer/app\n      LISTEN_URL: postgres://u:p@db/app\n";
    const poolers = readPoolers(workspace({ "compose.yml": text }));
    expect(told(poolers.profileFor(named("LISTEN_URL"), from), "mode", "direct")).toEqual([
      "session | stated | compose.yml:11 LISTEN_URL: service db, past the pooler",
      "true | stated | compose.yml:11 LISTEN_URL: service db, past the pooler",
    ]);
    expect(poolers.profileFor(named("DATABASE_URL"), from).direct).toBeUndefined();
    const without = readPoolers(workspace({ "compose.yml": text.replace("edoburu/pgbouncer", "nginx") }));
    expect(without.profileFor(named("LISTEN_URL"), from).direct).toBeUndefined();
  });

  it("that lead to a port of this machine on which the database answers go past the pooler", () => {
    const text =
      "services:\n  db:\n    image: postgres:17\n    ports: ['54321:5432']\n  bouncer:\n    image: edoburu/pgbouncer\n" +
      "    environment: { POOL_MODE: transaction }\n    ports: ['127.0.0.1:65432:5432']\n";
    const env =
      "DIRECT=postgres://u:p@localhost:54321/app\nPOOLED=postgres://u:p@localhost:65432/app\nINSIDE=postgres://u:p@localhost:5432/app\n";
    const poolers = readPoolers(workspace({ "compose.yml": text, ".env": env }));
    expect(told(poolers.profileFor(named("DIRECT"), from), "mode")).toEqual([
      "session | stated | .env:1 DIRECT: service db, past the pooler",
    ]);
    expect(poolers.profileFor(named("POOLED"), from).direct).toBeUndefined();
    expect(poolers.profileFor(named("INSIDE"), from).direct).toBeUndefined();
  });

  it("named for the direct way go past the pooler", () => {
    const poolers = readPoolers(
      workspace({
        "pgbouncer.ini": "[databases]\napp = host=db\n[pgbouncer]\npool_mode=transaction\n",
        ".env": "DIRECT_URL=postgres://db:5432/app\nDATABASE_URL=postgres://localhost:6432/app\n",
      }),
    );
    expect(told(poolers.profileFor(named("DIRECT_URL"), from), "mode", "direct")).toEqual([
      "session | stated | .env:1 DIRECT_URL: past the pooler",
      "true | stated | .env:1 DIRECT_URL: past the pooler",
    ]);
    expect(poolers.profileFor(named("DATABASE_URL"), from).mode.words).toBe("pgbouncer.ini:4 pool_mode=transaction");
    for (const name of ["POSTGRES_URL_NON_POOLING", "DATABASE_URL_UNPOOLED", "DIRECT_DATABASE_URL"])
      expect(poolers.profileFor(named(name), from).direct?.value).toBe(true);
  });

  it("that a schema calls directUrl go past the pooler", () => {
    const schema =
      'datasource db {\n  provider = "postgresql"\n  url = env("APP_URL")\n  directUrl = env("APP_MIGRATE_URL")\n}\n';
    const files = {
      "prisma/schema.prisma": schema,
      ".env": `OTHER_URL=${supabase(5432)}\nAPP_URL=${supabase(6543)}\n`,
    };
    const poolers = readPoolers(workspace(files));
    expect(poolers.profileFor(named("APP_MIGRATE_URL"), from).direct?.value).toBe(true);
    expect(poolers.main.mode.words).toBe(".env:2 APP_URL: *.pooler.supabase.com:6543");
  });

  it("of Heroku and Hyperdrive say it by their names", () => {
    const poolers = readPoolers(workspace({ "src/db.ts": "" }));
    expect(poolers.profileFor(named("DATABASE_CONNECTION_POOL_URL"), from).kind.value).toBe("heroku");
    expect(poolers.profileFor(named("WRANGLER_HYPERDRIVE_LOCAL_CONNECTION_STRING_DB"), from).kind.value).toBe(
      "hyperdrive",
    );
  });

  it("that hold a host, a port or the application name alone", () => {
    const poolers = readPoolers(
      workspace({ ".env": "PGHOST=pgbouncer\nDB_PORT=6432\nPGAPPNAME=billing\nAPI_HOST=example.com\n" }),
    );
    expect(poolers.urlOfEnvironment("PGHOST", from)).toMatchObject({ host: "pgbouncer", complete: false });
    expect(poolers.urlOfEnvironment("DB_PORT", from)).toMatchObject({ port: 6432, complete: false });
    expect(poolers.urlOfEnvironment("PGAPPNAME", from)?.parameters).toEqual({ application_name: "billing" });
    expect(poolers.urlOfEnvironment("API_HOST", from)).toBeUndefined();
    expect(poolers.urlOfEnvironment("NOBODY", from)).toBeUndefined();
  });

  it("are put together from others", () => {
    const text =
      "HOST=pool.internal\nPASS=hunter2\nDATABASE_URL=postgres://u:${PASS}@${HOST}:${PORT:-6432}/$DB?x=${UNKNOWN}\n";
    expect(readPoolers(workspace({ ".env": text })).urlOfEnvironment("DATABASE_URL", from)).toMatchObject({
      host: "pool.internal",
      port: 6432,
      parameters: {},
      complete: false,
    });
  });
});

describe("several poolers", () => {
  const files = {
    "services/a/pgbouncer.ini": "[databases]\norders = host=db\n[pgbouncer]\npool_mode=transaction\nlisten_port=6432\n",
    "services/b/pgbouncer.ini": "[databases]\nreports = host=db\n[pgbouncer]\npool_mode=session\nlisten_port=6433\n",
  };
  const poolers = readPoolers(workspace(files));

  it.each([
    ["by the port", url("postgres://localhost:6433/x"), "/w/services/a/db.ts", "session"],
    ["by the database", url("postgres://somewhere/reports"), "/w/services/a/db.ts", "session"],
    ["by the folder", undefined, "/w/services/b/src/db.ts", "session"],
    ["by the folder", named("DATABASE_URL"), "/w/services/a/src/db.ts", "transaction"],
    [
      "by the host of a service",
      url("postgres://u:p@aws-0-eu.pooler.supabase.com:5432/reports"),
      "/w/services/a/db.ts",
      "session",
    ],
  ])("are matched %s", (_, facts, path, mode) => {
    expect(poolers.profileFor(facts, path).mode.value).toBe(mode);
  });

  it("answer the same question with the same object", () => {
    const facts = url("postgres://localhost:6433/x");
    expect(poolers.profileFor(facts, from)).toBe(poolers.profileFor({ ...facts }, from));
    expect(poolers.profileFor(undefined, from)).toBe(poolers.main);
  });

  it("in two workspace folders are named relative to their own", () => {
    const two = workspace(
      {
        "/one/pgbouncer.ini": "[pgbouncer]\npool_mode=transaction\n",
        "/two/pgbouncer.ini": "[pgbouncer]\npool_mode=session\n",
      },
      {},
      ["/one", "/two"],
    );
    expect(readPoolers(two).profileFor(undefined, "/two/a.ts").mode.words).toBe("pgbouncer.ini:2 pool_mode=session");
    expect(readPoolers(two).profileFor(undefined, "/one/a.ts").mode.words).toBe(
      "pgbouncer.ini:2 pool_mode=transaction",
    );
  });
});
