import { expect } from "vitest";
import type { Settings } from "./machine/bouncer.ts";
import { act, type Proof, prove } from "./proof.ts";
import type { Stage } from "./stage.ts";

const session = { example: "session.mjs", fixed: "session.mjs" };
const libraries = { example: "libraries.mjs", fixed: "libraries.mjs" };
const transaction = ["transaction"] as const;

prove(
  "ini-ignored-startup-parameter",
  act({
    example: "an ignored parameter is accepted and dropped",
    modes: ["transaction", "session"],
    settings: { ignore_startup_parameters: "extra_float_digits, search_path" },
    applications: libraries,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("open", "postgres.js", { "connection.search_path": "tenant_a" }, {});
      return app.call("ask", "show search_path");
    },
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ search_path: '"$user", public' }] });
    },
  }),
);

prove(
  "ini-track-extra-not-reported",
  act({
    example: "a tracked parameter that PostgreSQL does not report is accepted and dropped",
    modes: transaction,
    versions: { since: "1.20" },
    settings: { track_extra_parameters: "IntervalStyle, statement_timeout" },
    applications: libraries,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("open", "node-postgres", { statement_timeout: 5_000 }, {});
      return app.call("ask", "show statement_timeout");
    },
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ statement_timeout: "0" }] });
    },
  }),
);

/** The search_path that a stranger finds after an application set its own and left. */
const leave = (
  example: string,
  modes: Proof<unknown>["modes"],
  settings: Settings,
  found: "tenant_a" | '"$user", public',
) =>
  act({
    example,
    modes,
    settings: { default_pool_size: 1, ...settings },
    applications: session,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("ask", "SET search_path TO tenant_a");
      await app.end();
      return (await stage.stranger("stranger")).ask("show search_path");
    },
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ search_path: found }] });
    },
  });

prove(
  "ini-reset-query-empty",
  leave(
    "an empty reset query leaves a session to the next client",
    ["session"],
    { server_reset_query: "" },
    "tenant_a",
  ),
  leave("the default reset query clears a session before its next client", ["session"], {}, '"$user", public'),
);

prove(
  "ini-reset-query-unused",
  leave(
    "the reset query does not run in transaction mode",
    ["transaction", "statement"],
    { server_reset_query: "RESET ALL" },
    "tenant_a",
  ),
  leave("the reset query runs in session mode", ["session"], { server_reset_query: "RESET ALL" }, '"$user", public'),
);

prove(
  "ini-reset-query-always",
  act({
    example: "what a client sets is gone at its next statement",
    modes: transaction,
    settings: { default_pool_size: 1, server_reset_query_always: 1 },
    applications: session,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("ask", "SET search_path TO tenant_a");
      return app.call("ask", "show search_path");
    },
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ search_path: '"$user", public' }] });
    },
  }),
);

prove(
  "ini-app-name-host",
  act({
    example: "every query comes from PgBouncer's machine",
    modes: transaction,
    applications: session,
    play: (stage) => nameAfterQuery(stage),
    fault: (seen) => {
      expect(seen).toEqual([{ state: "idle", application_name: "orders-api" }]);
    },
  }),
  act({
    example: "`application_name_add_host` shows where a query comes from",
    modes: transaction,
    settings: { application_name_add_host: 1 },
    applications: session,
    play: (stage) => nameAfterQuery(stage),
    fault: (seen) => {
      expect(seen).toEqual([
        { state: "idle", application_name: expect.stringMatching(/^orders-api - 127\.0\.0\.1:\d+$/) },
      ]);
    },
  }),
);

async function nameAfterQuery(stage: Stage) {
  await (await stage.application("app")).call("ask", "select 1 as one");
  return stage.activity();
}

prove(
  "ini-admin-is-app-user",
  ...[
    {
      admin: "app, postgres",
      example: "an application that logs in as an admin can switch its database off",
      off: true,
    },
    { admin: "postgres", example: "an application that is no admin cannot", off: false },
  ].map(({ admin, example, off }) =>
    act({
      example,
      modes: transaction,
      settings: { admin_users: admin },
      applications: { example: "console.mjs", fixed: "console.mjs" },
      play: async (stage) => {
        const app = await stage.application("app");
        const disabled = await app.call("command", `DISABLE ${stage.database}`);
        return { disabled, next: await (await stage.stranger("stranger")).ask("select 1 as one") };
      },
      fault: (seen) => {
        expect(seen.disabled.kind).toBe(off ? "value" : "error");
        expect(seen.next.kind).toBe(off ? "error" : "value");
      },
    }),
  ),
);

prove(
  "ini-prepared-ddl",
  act({
    example: "a statement that PgBouncer keeps fails after its table changed, for clients that come later as well",
    modes: transaction,
    versions: { since: "1.21" },
    settings: { default_pool_size: 1, max_prepared_statements: 200 },
    applications: session,
    play: async (stage) => {
      const statement = { name: "all-orders", text: "select * from orders" };
      const app = await stage.application("app 1");
      await app.call("ask", statement);
      await stage.truth("alter table orders add note text");
      const own = await app.call("ask", statement);
      const other = await (await stage.application("app 2")).call("ask", statement);
      await stage.console("RECONNECT");
      return { own, other, reconnected: await (await stage.application("app 3")).call("ask", statement) };
    },
    fault: (seen) => {
      expect(seen.own).toMatchObject({ kind: "error", code: "0A000" });
      expect(seen.other).toMatchObject({ kind: "error", code: "0A000" });
      expect(seen.reconnected.kind).toBe("value");
    },
  }),
);

prove(
  "ini-prepared-statements-implicit",
  act({
    example: "without the setting PgBouncer keeps statements, from 1.24 on",
    modes: transaction,
    versions: { since: "1.24" },
    settings: { default_pool_size: 1 },
    applications: session,
    play: nameTwice,
    fault: (seen) => {
      for (const answer of seen) expect(answer.kind).toBe("value");
    },
  }),
);

prove(
  "ini-no-prepared-statements",
  ...[0, 200].map((kept) =>
    act({
      example: kept
        ? "with `max_prepared_statements` above 0 the name is each process's own"
        : "with `max_prepared_statements = 0` a second process finds the name taken",
      modes: transaction,
      versions: { since: "1.21" },
      settings: { default_pool_size: 1, max_prepared_statements: kept },
      applications: session,
      play: nameTwice,
      fault: ([first, second]) => {
        expect(first?.kind).toBe("value");
        expect(second).toMatchObject(kept ? { kind: "value" } : { kind: "error", code: "42P05" });
      },
    }),
  ),
);

async function nameTwice(stage: Stage) {
  const answers = [];
  for (const label of ["app 1", "app 2"]) {
    const app = await stage.application(label);
    answers.push(await app.call("ask", { name: "one", text: "select 1 as one" }));
  }
  return answers;
}
