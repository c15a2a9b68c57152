import { describe, expect, it } from "vitest";
import type { UrlFacts } from "../../../server/src/core/model.ts";
import { describeProfile, printProfile, readPoolers } from "../../../server/src/pooler/index.ts";
import { knowledgeOf, poolerKinds } from "../../../server/src/pooler/kinds/index.ts";
import { workspace } from "./workspace.ts";

const compose =
  "services:\n  p:\n    image: edoburu/pgbouncer:1.18.0\n    environment:\n      POOL_MODE: transaction\n      CLIENT_IDLE_TIMEOUT: 600\n";

describe("printProfile", () => {
  it("is a table of what, value and reason", () => {
    expect(printProfile(readPoolers(workspace({ "compose.yml": compose })).main)).toBe(
      [
        "pooler                     PgBouncer           compose.yml:3 image edoburu/pgbouncer:1.18.0",
        "version                    1.18.0              compose.yml:3 image edoburu/pgbouncer:1.18.0",
        "pool_mode                  transaction         compose.yml:5 POOL_MODE=transaction",
        "max_prepared_statements    0                   compose.yml:3 PgBouncer 1.18.0 has no max_prepared_statements",
        "prepared statements        no                  compose.yml:3 PgBouncer 1.18.0 has no max_prepared_statements",
        "ignore_startup_parameters  extra_float_digits  compose.yml:3 image edoburu/pgbouncer:1.18.0 ignores extra_float_digits unless told otherwise",
        "client_idle_timeout        600 s               compose.yml:6 CLIENT_IDLE_TIMEOUT=600",
        "",
      ].join("\n"),
    );
  });

  it("says what is assumed", () => {
    expect(printProfile(readPoolers(workspace({})).main)).toBe(
      "pooler     PgBouncer    assumes PgBouncer (assumed)\npool_mode  transaction  assumes transaction pooling (assumed)\n",
    );
  });
});

describe("describeProfile", () => {
  const direct: UrlFacts = {
    place: { path: "/w/a.ts", span: { start: 0, end: 0 } },
    environment: "DIRECT_URL",
    parameters: {},
    complete: false,
  };

  it.each([
    [{ "compose.yml": compose }, undefined, "PgBouncer 1.18.0, transaction mode (compose.yml:5)"],
    [
      { "infra/pgbouncer.ini": "[pgbouncer]\npool_mode=session\n" },
      undefined,
      "PgBouncer, session mode (infra/pgbouncer.ini:2)",
    ],
    [{}, undefined, "PgBouncer, transaction mode (assumed)"],
    [{ "a.ts": "" }, direct, "direct connection (a.ts:1)"],
    [
      { ".env": "DATABASE_URL=postgres://u:p@x-pooler.eu.aws.neon.tech/db\n" },
      undefined,
      "Neon, transaction mode (.env:1)",
    ],
  ])("%j", (files, url, expected) => {
    const poolers = readPoolers(workspace(files as Record<string, string>));
    expect(describeProfile(url ? poolers.profileFor(url, "/w/a.ts") : poolers.main)).toBe(expected);
  });
});

describe("the kinds", () => {
  it.each(poolerKinds.map((knowledge) => [knowledge.kind, knowledge] as const))(
    "%s is told by something and refers to its source",
    (kind, knowledge) => {
      expect(knowledgeOf(kind)).toBe(knowledge);
      expect(knowledge.endpoints.length + Number(knowledge.environment !== undefined)).toBeGreaterThan(0);
      expect(knowledge.reference).toMatch(/^https:\/\//);
    },
  );
});
