import { describe, expect, inject, test } from "vitest";
import { readVersion } from "../../server/src/core/version.ts";
import { defaultOf, isKnownTo, settings } from "../../server/src/pgbouncer/index.ts";
import { startBouncer } from "./machine/bouncer.ts";

const bench = inject("bench");
const bouncers = bench.kind === "ready" ? bench.bouncers : [];

/** What a package or the test itself decides. */
const decidedElsewhere: Readonly<Record<string, string>> = {
  unix_socket_dir: "Debian's folder",
  conffile: "the file that it was started with",
  auth_query: "Debian's 1.18 has the query of 1.24.1, against CVE-2025-2291",
};

describe.skipIf(bouncers.length === 0)("the settings of [pgbouncer]", () => {
  test.each(bouncers.map((program) => [program.version, program] as const))(
    "are those of PgBouncer %s",
    async (name, program) => {
      if (bench.kind !== "ready") return;
      const version = readVersion(name) ?? [];
      const known = settings.pgbouncer.filter((each) => !each.windowsOnly && isKnownTo(each, version));
      const bouncer = await startBouncer(program, bench.runFolder, bench.postgresPort, { settings: {}, database: {} });
      try {
        const rows = await bouncer.admin("SHOW CONFIG");
        const told = (key: string, value: unknown, reloadable: boolean) =>
          `${key} = ${key in decidedElsewhere ? "…" : (value ?? "")} ${reloadable ? "reloads" : "restarts"}`;
        expect(known.map((each) => told(each.name, defaultOf(each, version), each.reloadable)).sort()).toEqual(
          rows.map(({ key, default: value, changeable }) => told(String(key), value, changeable === "yes")).sort(),
        );
      } finally {
        await bouncer.end();
      }
    },
  );
});
