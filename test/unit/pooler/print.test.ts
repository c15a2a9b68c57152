import { describe, expect, it } from "vitest";
import type { UrlFacts } from "../../../server/src/core/model.ts";
import { profileKeys, profileLabel, profileRows, reasonOf } from "../../../server/src/core/profile-rows.ts";
import { readPoolers } from "../../../server/src/pooler/index.ts";
import { knowledgeOf, poolerKinds } from "../../../server/src/pooler/kinds/index.ts";
import { workspace } from "./workspace.ts";

const compose =
  "services:\n  p:\n    image: edoburu/pgbouncer:1.18.0\n    environment:\n      POOL_MODE: transaction\n      CLIENT_IDLE_TIMEOUT: 600\n";

describe("profileRows", () => {
  const rows = (files: Readonly<Record<string, string>>): readonly string[] =>
    profileRows(readPoolers(workspace(files)).main).map(
      ({ name, value, evidence }) => `${name} | ${value} | ${reasonOf(evidence)}`,
    );

  it("tell what, value and reason", () => {
    expect(rows({ "compose.yml": compose })).toEqual([
      "pooler | PgBouncer | compose.yml:3 image edoburu/pgbouncer:1.18.0",
      "version | 1.18.0 | compose.yml:3 image edoburu/pgbouncer:1.18.0",
      "pool_mode | transaction | compose.yml:5 POOL_MODE=transaction",
      "prepared statements of the protocol | do not work | compose.yml:3 PgBouncer 1.18.0 has no max_prepared_statements",
      "max_prepared_statements | 0 | compose.yml:3 PgBouncer 1.18.0 has no max_prepared_statements",
      "ignore_startup_parameters | extra_float_digits | compose.yml:3 image edoburu/pgbouncer:1.18.0 ignores extra_float_digits unless told otherwise",
      "track_extra_parameters | none | compose.yml:3 PgBouncer 1.18.0 has no track_extra_parameters",
      "client_idle_timeout | 600 s | compose.yml:6 CLIENT_IDLE_TIMEOUT=600",
    ]);
  });

  it("say what is assumed", () => {
    expect(rows({})).toEqual([
      "pooler | PgBouncer | assumes PgBouncer",
      "pool_mode | transaction | assumes transaction pooling",
    ]);
  });

  it("are those that are asked for alone", () => {
    const { main } = readPoolers(workspace({ "compose.yml": compose }));
    expect(profileRows(main, ["mode", "serverResetQueryAlways"]).map(({ key }) => key)).toEqual(["mode"]);
  });

  it("name no pooler where the connection goes past it", () => {
    const poolers = readPoolers(workspace({ ".env": "DIRECT_URL=postgres://db/app\n" }));
    const direct = poolers.urlOfEnvironment("DIRECT_URL", "/w/a.ts");
    expect(profileRows(poolers.profileFor(direct, "/w/a.ts")).map(({ name, value }) => `${name}: ${value}`)).toEqual([
      "pool_mode: session",
      "direct connection: yes",
      "prepared statements of the protocol: work",
    ]);
  });

  it("know every value of a profile", () => {
    expect(new Set(profileKeys).size).toBe(18);
  });
});

describe("profileLabel", () => {
  const direct: UrlFacts = {
    place: { path: "/w/a.ts", span: { start: 0, end: 0 } },
    environment: "DIRECT_URL",
    parameters: {},
    complete: false,
  };

  it.each([
    [{ "compose.yml": compose }, undefined, "PgBouncer 1.18.0, transaction mode"],
    [{ "infra/pgbouncer.ini": "[pgbouncer]\npool_mode=session\n" }, undefined, "PgBouncer, session mode"],
    [{}, undefined, "PgBouncer, transaction mode (assumed)"],
    [{ "a.ts": "" }, direct, "No pooler: a direct connection"],
    [
      { ".env": "DATABASE_URL=postgres://u:p@x-pooler.eu.aws.neon.tech/db\n" },
      undefined,
      "Neon's pooler, transaction mode",
    ],
  ])("%j", (files, url, expected) => {
    const poolers = readPoolers(workspace(files as Record<string, string>));
    expect(profileLabel(url ? poolers.profileFor(url, "/w/a.ts") : poolers.main)).toBe(expected);
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
