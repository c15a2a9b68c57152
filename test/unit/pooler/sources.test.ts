// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform and charts write it so
import { describe, expect, it } from "vitest";
import type { Profile } from "../../../server/src/core/profile.ts";
import { readPoolers } from "../../../server/src/pooler/index.ts";
import { from, named, told, url } from "./told.ts";
import { workspace } from "./workspace.ts";

type Files = Readonly<Record<string, string>>;

const main = (files: Files): Profile => readPoolers(workspace(files)).main;

const modes = (files: Files, ...urls: readonly string[]): readonly string[] => {
  const poolers = readPoolers(workspace(files));
  return urls.map((each) => {
    const profile = poolers.profileFor(each.includes(":") || each.includes("=") ? url(each) : named(each), from);
    return `${profile.kind.value} ${profile.mode.value} ${profile.mode.words}`;
  });
};

describe("Kubernetes", () => {
  const configMap = `apiVersion: v1
kind: ConfigMap
metadata:
  name: bouncer-config
data:
  pgbouncer.ini: |
    [databases]
    app = host=db
    jobs = host=db pool_mode=session
    [pgbouncer]
    pool_mode = transaction
    default_pool_size = 7
`;
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: pgbouncer, namespace: data }
spec:
  template:
    metadata:
      labels: { app: pgbouncer, tier: data }
    spec:
      containers:
        - name: bouncer
          image: edoburu/pgbouncer:v1.22.1-p0
          ports: [{ containerPort: 5432 }]
          volumeMounts: [{ name: conf, mountPath: /etc/pgbouncer }]
      volumes:
        - name: conf
          configMap: { name: bouncer-config }
`;
  const service = `apiVersion: v1
kind: Service
metadata: { name: db-pool, namespace: data }
spec:
  selector: { app: pgbouncer }
  ports: [{ port: 6432, targetPort: 5432 }]
`;

  it("ties ConfigMap, Deployment and Service together", () => {
    const files = { "k8s/bouncer.yaml": `${configMap}---\n${deployment}---\n${service}` };
    const poolers = readPoolers(workspace(files));
    expect(told(poolers.main, "version", "mode", "defaultPoolSize", "maxPreparedStatements")).toEqual([
      "1,22,1 | stated | k8s/bouncer.yaml:24 image edoburu/pgbouncer:v1.22.1-p0",
      "transaction | stated | k8s/bouncer.yaml:11 pool_mode=transaction",
      "7 | stated | k8s/bouncer.yaml:12 default_pool_size=7",
      "0 | stated | k8s/bouncer.yaml:24 PgBouncer 1.22.1 has max_prepared_statements=0",
    ]);
    const { place } = poolers.main.mode;
    expect(files["k8s/bouncer.yaml"].slice(place?.span.start, place?.span.end)).toBe("pool_mode = transaction");
    for (const host of ["db-pool", "db-pool.data", "db-pool.data.svc", "db-pool.data.svc.cluster.local"])
      expect(poolers.profileFor(url(`postgres://u:p@${host}:6432/app`), from)).toBe(
        poolers.profileFor(url("postgres://u:p@db-pool/app"), from),
      );
    expect(poolers.profileFor(url("postgres://u:p@db-pool/jobs"), from).mode.words).toBe(
      "k8s/bouncer.yaml:9 [databases] jobs pool_mode=session",
    );
  });

  it("the same in three files, and a Secret with the ini in base64", () => {
    const ini = "[databases]\n* = host=db password=hunter2\n[pgbouncer]\npool_mode = statement\n";
    const secret = `apiVersion: v1
kind: Secret
metadata: { name: bouncer-config }
data:
  pgbouncer.ini: ${Buffer.from(ini).toString("base64")}
`;
    const files = {
      "k8s/secret.yaml": secret,
      "k8s/deployment.yaml": deployment.replace(
        "configMap: { name: bouncer-config }",
        "secret: { secretName: bouncer-config }",
      ),
      "k8s/service.yaml": service,
    };
    expect(told(main(files), "mode", "version")).toEqual([
      "statement | stated | k8s/secret.yaml:5 pool_mode=statement",
      "1,22,1 | stated | k8s/deployment.yaml:11 image edoburu/pgbouncer:v1.22.1-p0",
    ]);
    expect(JSON.stringify(readPoolers(workspace(files)).setUp)).not.toContain("hunter2");
  });

  it("takes an ini without a workload too", () => {
    expect(main({ "cm.yaml": configMap }).mode.words).toBe("cm.yaml:11 pool_mode=transaction");
    const quoted = configMap.replace(/\|\n[\s\S]*$/, '"[pgbouncer]\\npool_mode = session\\n"\n');
    expect(main({ "cm.yaml": quoted }).mode.words).toBe("cm.yaml:6 pool_mode=session");
  });

  it("reads the environment, from values, ConfigMaps and Secrets", () => {
    const text = `apiVersion: v1
kind: ConfigMap
metadata: { name: env }
data: { PGBOUNCER_POOL_MODE: transaction, PGBOUNCER_MAX_CLIENT_CONN: "300" }
---
apiVersion: v1
kind: Secret
metadata: { name: urls }
data: { url: ${Buffer.from("postgres://u:hunter2@bouncer:6432/app").toString("base64")} }
stringData: { direct: postgres://u:hunter2@db:5432/app }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: bouncer }
spec:
  template:
    metadata: { labels: { app: bouncer } }
    spec:
      containers:
        - image: bitnami/pgbouncer:1.23.1
          envFrom: [{ configMapRef: { name: env } }]
          env: [{ name: PGBOUNCER_DEFAULT_POOL_SIZE, value: "11" }]
---
apiVersion: v1
kind: Service
metadata: { name: bouncer }
spec: { selector: { app: bouncer } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      containers:
        - image: web
          env:
            - name: DATABASE_URL
              valueFrom: { secretKeyRef: { name: urls, key: url } }
            - name: OTHER_URL
              valueFrom: { secretKeyRef: { name: urls, key: direct } }
`;
    const poolers = readPoolers(workspace({ "k8s/all.yaml": text }));
    expect(
      told(poolers.profileFor(named("DATABASE_URL"), from), "mode", "maxClientConnections", "defaultPoolSize"),
    ).toEqual([
      "transaction | stated | k8s/all.yaml:4 PGBOUNCER_POOL_MODE=transaction",
      "300 | stated | k8s/all.yaml:4 PGBOUNCER_MAX_CLIENT_CONN=300",
      "11 | stated | k8s/all.yaml:22 PGBOUNCER_DEFAULT_POOL_SIZE=11",
    ]);
    expect(poolers.urlOfEnvironment("DATABASE_URL", from)).toMatchObject({
      host: "bouncer",
      port: 6432,
      database: "app",
    });
    expect(poolers.urlOfEnvironment("OTHER_URL", from)?.host).toBe("db");
    expect(JSON.stringify([poolers.urlOfEnvironment("DATABASE_URL", from), poolers.setUp])).not.toContain("hunter2");
    // What the developer's own file says is nearer than the cluster.
    const both = { "k8s/all.yaml": text, ".env": "DATABASE_URL=postgres://localhost:5432/app\n" };
    expect(readPoolers(workspace(both)).urlOfEnvironment("DATABASE_URL", from)?.host).toBe("localhost");
  });

  it("finds a sidecar by its port on localhost", () => {
    const text = deployment.replace("      containers:\n", "      containers:\n        - { name: web, image: web }\n");
    const files = { "k8s/web.yaml": `${configMap}---\n${text}` };
    expect(modes(files, "postgres://u:p@localhost:5432/app")).toEqual([
      "pgbouncer transaction k8s/web.yaml:11 pool_mode=transaction",
    ]);
  });

  it.each([
    [
      "apiVersion: postgresql.cnpg.io/v1\nkind: Pooler\nmetadata: { name: pool-rw }\nspec:\n  pgbouncer:\n    poolMode: transaction\n    parameters: { max_client_conn: '900' }\n",
      "pool-rw",
      ["transaction | stated | p.yaml:6 poolMode=transaction", "900 | stated | p.yaml:7 max_client_conn=900"],
    ],
    [
      "apiVersion: postgres-operator.crunchydata.com/v1beta1\nkind: PostgresCluster\nmetadata: { name: hippo }\nspec:\n  proxy:\n    pgBouncer:\n      config: { global: { pool_mode: transaction } }\n",
      "hippo-pgbouncer",
      ["transaction | stated | p.yaml:7 pool_mode=transaction", "–"],
    ],
    [
      "apiVersion: acid.zalan.do/v1\nkind: postgresql\nmetadata: { name: acid }\nspec:\n  connectionPooler: { numberOfInstances: 2, mode: session }\n",
      "acid-pooler",
      ["session | stated | p.yaml:5 mode=session", "–"],
    ],
    [
      "apiVersion: acid.zalan.do/v1\nkind: postgresql\nmetadata: { name: acid }\nspec:\n  connectionPooler: { maxDBConnections: 60 }\n",
      "acid-pooler.default",
      ["transaction | stated | p.yaml:5 sets no mode: transaction", "–"],
    ],
  ])("knows operators: %s", (text, host, expected) => {
    const profile = readPoolers(workspace({ "p.yaml": text })).profileFor(url(`postgres://u:p@${host}/app`), from);
    expect(told(profile, "mode", "maxClientConnections")).toEqual(expected);
  });

  it("is no other YAML", () => {
    expect(main({ "a.yaml": "pgbouncer is: a word\n", "b.yml": "- pgbouncer\n" }).kind.strength).toBe("assumed");
    const ci = "jobs:\n  test:\n    services:\n      pgbouncer:\n        image: edoburu/pgbouncer:1.18\n";
    expect(main({ ".github/workflows/ci.yml": ci }).kind.strength).toBe("assumed");
  });
});

describe("Helm", () => {
  it.each([
    [
      "chart/values.yaml",
      "pgbouncer:\n  enabled: true\n  poolMode: transaction\n  maxClientConn: 50\n",
      "transaction | stated | chart/values.yaml:3 poolMode=transaction",
    ],
    [
      "values.prod.yaml",
      "database:\n  pgbouncer:\n    config:\n      pool_mode: session\n",
      "session | stated | values.prod.yaml:4 pool_mode=session",
    ],
    [
      "values.yaml",
      "pgbouncer:\n  image:\n    repository: edoburu/pgbouncer\n    tag: 1.23.1\n  env:\n    POOL_MODE: statement\n",
      "statement | stated | values.yaml:6 POOL_MODE=statement",
    ],
    [
      "values.yaml",
      "bouncer:\n  ini: |\n    [pgbouncer]\n    pool_mode = transaction\n",
      "transaction | stated | values.yaml:4 pool_mode=transaction",
    ],
    [
      "release.yaml",
      "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  values:\n    pgbouncer: { poolMode: transaction }\n",
      "transaction | stated | release.yaml:5 poolMode=transaction",
    ],
  ])("%s %j", (path, text, expected) => expect(told(main({ [path]: text }), "mode")).toEqual([expected]));

  it.each(["pgbouncer:\n  enabled: false\n  poolMode: session\n", "pgbouncer:\n  resources: {}\n", "pgbouncer: yes\n"])(
    "%j says nothing",
    (text) => expect(main({ "values.yaml": text }).kind.strength).toBe("assumed"),
  );

  it("a template's holes are no values", () => {
    const text =
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  pgbouncer.ini: |\n    [pgbouncer]\n    pool_mode = {{ .Values.mode }}\n";
    expect(main({ "templates/cm.yaml": text }).mode.strength).toBe("assumed");
  });
});

describe("Terraform", () => {
  const pools = `variable "mode" { default = "session" }
resource "digitalocean_database_connection_pool" "app" {
  cluster_id = digitalocean_database_cluster.main.id
  name       = "app-pool"
  mode       = "transaction"
  size       = 20
  db_name    = "defaultdb"
  user       = "hunter2"
}
resource "digitalocean_database_connection_pool" "jobs" {
  name = "jobs-pool"
  mode = var.mode
  size = local.size
}
`;
  it("DigitalOcean's pools are told apart by the database of the URL", () => {
    const files = { "infra/db.tf": pools, "infra/locals.tf": "locals {\n  size = 4\n}\n" };
    const of = (name: string) =>
      readPoolers(workspace(files)).profileFor(url(`postgres://u:p@x.db.ondigitalocean.com:25061/${name}`), from);
    expect(told(of("app-pool"), "kind", "mode", "defaultPoolSize")).toEqual([
      "digitalocean | stated | infra/db.tf:2 digitalocean_database_connection_pool",
      "transaction | stated | infra/db.tf:5 mode=transaction",
      "20 | stated | infra/db.tf:6 size=20",
    ]);
    expect(told(of("jobs-pool"), "mode", "defaultPoolSize")).toEqual([
      "session | stated | infra/db.tf:12 mode=session",
      "4 | stated | infra/db.tf:13 size=4",
    ]);
    expect(of("elsewhere").mode.strength).toBe("assumed");
    expect(JSON.stringify(readPoolers(workspace(files)).setUp)).not.toContain("hunter2");
  });

  it("RDS Proxy", () => {
    const text = `resource "aws_db_proxy" "main" {
  engine_family       = "POSTGRESQL"
  idle_client_timeout = 900
  auth { secret_arn = "x" }
}
resource "aws_db_proxy_default_target_group" "main" {
  db_proxy_name = aws_db_proxy.main.name
  connection_pool_config {
    connection_borrow_timeout = 30
  }
}
resource "aws_db_proxy" "other" {
  engine_family = "MYSQL"
}
`;
    const poolers = readPoolers(workspace({ "rds.tf": text }));
    const profile = poolers.profileFor(url("postgres://u:p@main.proxy-abc.eu-west-1.rds.amazonaws.com/app"), from);
    expect(told(profile, "kind", "mode", "clientIdleTimeout", "queryWaitTimeout", "preparedStatements")).toEqual([
      "rds-proxy | stated | rds.tf:1 aws_db_proxy main",
      "transaction | stated | rds.tf:1 RDS Proxy pools by transaction",
      "900 | stated | rds.tf:3 idle_client_timeout=900",
      "30 | stated | rds.tf:9 connection_borrow_timeout=30",
      "true | stated | rds.tf:1 RDS Proxy keeps prepared statements",
    ]);
    expect(poolers.setUp).toHaveLength(1);
  });

  it.each(['resource "digitalocean_database_connection_pool" "a" {', "}{", "\u0000", 'resource "aws_db_proxy" {}'])(
    "survives %j",
    (text) => expect(() => main({ "a.tf": text })).not.toThrow(),
  );
});

describe("Hyperdrive", () => {
  const source = (code: string) => ({ "src/db.ts": code });
  const option = (code: string, text: string) => ({
    ...named(""),
    environment: undefined,
    place: { path: from, span: { start: code.indexOf(text), end: code.indexOf(text) + text.length } },
  });

  it.each([
    ["wrangler.toml", 'name = "w"\n[[hyperdrive]]\nbinding = "DB"\nid = "x"\n', "wrangler.toml:3"],
    ["wrangler.jsonc", '{\n  // c\n  "hyperdrive": [{ "binding": "DB", "id": "x" }],\n}\n', "wrangler.jsonc:3"],
    ["wrangler.toml", '[[env.production.hyperdrive]]\nbinding = "DB"\n', "wrangler.toml:2"],
  ])("%s", (path, text, spot) => {
    const code = "export const open = (env) => postgres(env.DB.connectionString);\n";
    const poolers = readPoolers(workspace({ [path]: text, ...source(code) }));
    const facts = option(code, "env.DB.connectionString");
    const profile = poolers.profileFor(facts as never, from);
    expect(told(profile, "kind", "mode", "preparedStatements")).toEqual([
      `hyperdrive | stated | ${spot} Hyperdrive binding DB`,
      `transaction | stated | ${spot} Hyperdrive pools by transaction`,
      `true | stated | ${spot} Hyperdrive keeps prepared statements`,
    ]);
    expect(poolers.main.kind.value).toBe("hyperdrive");
    // A variable of the environment goes elsewhere, whatever bindings there are.
    expect(poolers.profileFor(url("postgres://u:p@db.abcdefgh.supabase.co/postgres"), from).direct?.value).toBe(true);
  });

  it("through a variable, where the file names one binding", () => {
    const code =
      "const { connectionString } = env.DB;\nconst url = env.DB.connectionString;\nconst pool = new Pool({ connectionString: url });\n";
    const files = { "wrangler.toml": '[[hyperdrive]]\nbinding = "DB"\n', ...source(code) };
    const profile = readPoolers(workspace(files)).profileFor(option(code, "connectionString: url") as never, from);
    expect(profile.kind.value).toBe("hyperdrive");
  });

  it("with two bindings asks which", () => {
    const code = "postgres(env.ONE.connectionString); postgres(env.TWO.connectionString);\n";
    const files = {
      "wrangler.toml": '[[hyperdrive]]\nbinding = "ONE"\n[[hyperdrive]]\nbinding = "TWO"\n',
      ...source(code),
    };
    const of = (text: string) => readPoolers(workspace(files)).profileFor(option(code, text) as never, from).kind.words;
    expect(of("env.ONE.connectionString")).toBe("wrangler.toml:2 Hyperdrive binding ONE");
    expect(of("env.TWO.connectionString")).toBe("wrangler.toml:4 Hyperdrive binding TWO");
  });

  it.each(["[[hyperdrive]]\nbinding = 3", "hyperdrive = 1", "[[hyperdrive", "\u0000hyperdrive"])(
    "survives %j",
    (text) => expect(() => main({ "wrangler.toml": text })).not.toThrow(),
  );
});

describe("poolers with configurations of their own", () => {
  const pgcat = `[general]
port = 7432
idle_client_in_transaction_timeout = 30000
[pools.app]
pool_mode = "transaction"
[pools.app.users.0]
username = "web"
password = "hunter2"
pool_size = 15
[pools.app.shards.0]
servers = [["db", 5432, "primary"]]
[pools.reports]
pool_mode = "session"
prepared_statements_cache_size = 500
[pools.reports.users.0]
username = "planner"
pool_mode = "transaction"
`;

  it("PgCat", () => {
    const poolers = readPoolers(workspace({ "deploy/pgcat.toml": pgcat }));
    const of = (text: string) => poolers.profileFor(url(text), from);
    expect(
      told(of("postgres://web:x@localhost:7432/app"), "kind", "mode", "defaultPoolSize", "idleTransactionTimeout"),
    ).toEqual([
      "pgcat | stated | deploy/pgcat.toml:1 PgCat's configuration",
      "transaction | stated | deploy/pgcat.toml:5 [pools.app] pool_mode=transaction",
      "15 | stated | deploy/pgcat.toml:9 [pools.app] user's pool_size=15",
      "30 | stated | deploy/pgcat.toml:3 [general] idle_client_in_transaction_timeout=30000",
    ]);
    expect(told(of("postgres://somebody:x@localhost:7432/reports"), "mode", "maxPreparedStatements")).toEqual([
      "session | stated | deploy/pgcat.toml:13 [pools.reports] pool_mode=session",
      "500 | stated | deploy/pgcat.toml:14 [pools.reports] prepared_statements_cache_size=500",
    ]);
    expect(of("postgres://planner:x@localhost:7432/reports").mode.value).toBe("transaction");
    expect(JSON.stringify(poolers.setUp)).not.toMatch(/hunter2|planner|"web"/);
  });

  it("PgDog", () => {
    const poolers = readPoolers(
      workspace({
        "pgdog.toml":
          '[general]\nport = 6433\npooler_mode = "session"\ncheckout_timeout = 5_000\n[[databases]]\nname = "app"\npooler_mode = "transaction"\npool_size = 3\n[[databases]]\nname = "old"\nhost = "x"\n',
        "users.toml": '[[users]]\nname = "batch"\ndatabase = "app"\npassword = "hunter2"\npooler_mode = "session"\n',
      }),
    );
    const of = (text: string) => poolers.profileFor(url(text), from);
    expect(told(of("postgres://u@localhost:6433/app"), "mode", "defaultPoolSize", "queryWaitTimeout")).toEqual([
      "transaction | stated | pgdog.toml:7 [databases] app pooler_mode=transaction",
      "3 | stated | pgdog.toml:8 [databases] app pool_size=3",
      "5 | stated | pgdog.toml:4 [general] checkout_timeout=5_000",
    ]);
    expect(of("postgres://u@localhost:6433/old").mode.words).toBe("pgdog.toml:3 [general] pooler_mode=session");
    expect(of("postgres://batch@localhost:6433/app").mode.words).toBe("users.toml:5 [users] pooler_mode=session");
    expect(of("postgres://batch@localhost:6433/old").mode.words).toBe("pgdog.toml:3 [general] pooler_mode=session");
    expect(poolers.main.preparedStatements?.value).toBe(true);
    const off = { "pgdog.toml": '[general]\nprepared_statements = "disabled"\n' };
    expect(main(off).preparedStatements?.value).toBe(false);
  });

  it("Odyssey", () => {
    const text = `listen {\n  host "*"\n  port 6400\n}\nstorage "pg" { type "remote" host "db" }
database default {
  user default {
    pool "session"   # kept
    pool_size 5
  }
}
database "app" {
  user "web" { pool "transaction" pool_reserve_prepared_statement yes }
}
database "app2" {
  user "web" {
    pool "transaction"
    pool_reserve_prepared_statement yes
    password "hunter2"
  }
  user default {
    pool "session"
  }
}
database "console" { user default { pool "statement" role "admin" } }
`;
    const multiline = text.replace(
      'user "web" { pool "transaction" pool_reserve_prepared_statement yes }',
      'user "web" {\n    pool "transaction"\n    pool_reserve_prepared_statement yes\n  }',
    );
    const poolers = readPoolers(workspace({ "odyssey.conf": multiline }));
    const of = (text: string) => poolers.profileFor(url(text), from);
    expect(told(of("postgres://u@localhost:6400/x"), "kind", "mode", "defaultPoolSize")).toEqual([
      "odyssey | stated | odyssey.conf:6 Odyssey's configuration",
      "session | stated | odyssey.conf:8 pool session",
      "5 | stated | odyssey.conf:9 pool_size 5",
    ]);
    expect(told(of("postgres://web@localhost:6400/app"), "mode", "preparedStatements")).toEqual([
      "transaction | stated | odyssey.conf:14 pool transaction",
      "true | stated | odyssey.conf:15 pool_reserve_prepared_statement yes",
    ]);
    expect(of("postgres://web@localhost:6400/app2").mode.value).toBe("transaction");
    expect(of("postgres://other@localhost:6400/app2").mode.value).toBe("session");
    expect(poolers.setUp.some(({ scope }) => scope?.includes("console"))).toBe(false);
  });

  it("are one with their container", () => {
    const files = {
      "compose.yml":
        "services:\n  cat:\n    image: ghcr.io/postgresml/pgcat:latest\n    volumes: ['./pgcat.toml:/etc/pgcat/pgcat.toml']\n",
      "pgcat.toml": pgcat,
    };
    expect(modes(files, "postgres://u@cat:6432/app")).toEqual([
      "pgcat transaction pgcat.toml:5 [pools.app] pool_mode=transaction",
    ]);
    expect(readPoolers(workspace(files)).setUp.filter(({ scope }) => scope === undefined)).toHaveLength(1);
  });

  it.each([
    ["pgcat.toml", "[pools.a\n[pools.b]\nusers = 3\n"],
    ["pgdog.toml", "[[databases]]\nname = 3\n[general\n"],
    ["odyssey.conf", "database { user {"],
    ["odyssey.conf", "\u0000}}}}\ndatabase a { user b { pool } }"],
  ])("survive %s %j", (path, text) => expect(() => main({ [path]: text })).not.toThrow());
});

describe("[users]", () => {
  const files = {
    "pgbouncer.ini":
      "[databases]\njobs = host=db pool_mode=statement pool_size=4\n* = host=db\n[users]\nreporter = pool_mode=session max_user_connections=2\nquiet =\n[pgbouncer]\npool_mode=transaction\nmax_db_connections=50\nlisten_port=7000\n",
  };
  const poolers = readPoolers(workspace(files));
  const of = (text: string) => told(poolers.profileFor(url(text), from), "mode", "maxUserConnections")[0];

  it.each([
    ["postgres://somebody:p@localhost:7000/app", "transaction | stated | pgbouncer.ini:8 pool_mode=transaction"],
    [
      "postgres://somebody:p@localhost:7000/jobs",
      "statement | stated | pgbouncer.ini:2 [databases] jobs pool_mode=statement",
    ],
    ["postgres://reporter:p@localhost:7000/jobs", "session | stated | pgbouncer.ini:5 [users] pool_mode=session"],
    ["postgres://localhost:7000/app?user=reporter", "session | stated | pgbouncer.ini:5 [users] pool_mode=session"],
    ["host=localhost port=7000 user=reporter", "session | stated | pgbouncer.ini:5 [users] pool_mode=session"],
    ["postgres://quiet@localhost:7000/app", "transaction | stated | pgbouncer.ini:8 pool_mode=transaction"],
  ])("go before databases and the rest: %s", (text, expected) => expect(of(text)).toBe(expected));

  it("are told without their names", () => {
    expect(poolers.setUp.map(({ scope, profile }) => `${scope ?? "all"}: ${profile.mode.value}`)).toEqual([
      "all: transaction",
      "database jobs: statement",
      "one user: session",
    ]);
    expect(JSON.stringify(poolers.setUp)).not.toContain("reporter");
  });

  it("sizes are known by database", () => {
    const jobs = poolers.profileFor(url("postgres://localhost:7000/jobs"), from);
    expect(told(jobs, "defaultPoolSize", "maxDbConnections")).toEqual([
      "4 | stated | pgbouncer.ini:2 [databases] jobs pool_size=4",
      "50 | stated | pgbouncer.ini:9 max_db_connections=50",
    ]);
  });
});

describe("prisma.config.ts", () => {
  const supabase = "postgres://u:p@aws-0-eu.pooler.supabase.com:6543/postgres";
  it.each([
    'import { defineConfig, env } from "prisma/config";\nexport default defineConfig({ schema: "x", datasource: { url: env("APP_URL"), directUrl: env("APP_MIGRATE") } });\n',
    "export default { datasource: {\n  // url: env('OTHER'),\n  url: process.env.APP_URL!,\n  directUrl: process.env['APP_MIGRATE'],\n} };\n",
  ])("names the variable that clients connect through: %j", (text) => {
    const env = `OTHER_URL=postgres://u:p@x-pooler.eu.aws.neon.tech/db\nAPP_URL=${supabase}\nAPP_MIGRATE=postgres://u:p@10.0.0.1:6432/db\n`;
    const poolers = readPoolers(workspace({ "prisma/prisma.config.mjs": text, ".env": env }));
    expect(poolers.main.mode.words).toBe(".env:2 APP_URL: *.pooler.supabase.com:6543");
    expect(poolers.profileFor(named("APP_MIGRATE"), from).direct?.value).toBe(true);
  });
});
