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
  "ini-client-idle-timeout",
  act({
    example: "an idle client is disconnected, and finds out when it is used again",
    modes: transaction,
    settings: { client_idle_timeout: 1 },
    applications: session,
    play: async (stage) => {
      const stranger = await stage.stranger("stranger");
      await stranger.ask("select 1 as one");
      await stage.noClients();
      return stranger.ask("select 1 as one");
    },
    fault: (seen) => {
      expect(seen.kind).toBe("error");
    },
  }),
  act({
    example: "`server_idle_timeout` closes idle servers, and no client notices",
    modes: transaction,
    settings: { server_idle_timeout: 1 },
    applications: session,
    play: async (stage) => {
      const stranger = await stage.stranger("stranger");
      await stranger.ask("select 1 as one");
      await stage.noServers();
      return stranger.ask("select 1 as one");
    },
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ one: 1 }] });
    },
  }),
);

/** How long to wait, in milliseconds, for what must not come. */
const silence = 4_000;

/** What a client is told that finds every server taken. */
const wait = (example: string, settings: Settings, told: object) =>
  act({
    example,
    modes: transaction,
    settings: { default_pool_size: 1, ...settings },
    applications: session,
    play: async (stage) => {
      await (await stage.stranger("stranger")).ask("begin");
      const app = await stage.application("app");
      return app.within(silence).call("ask", "select 1 as one");
    },
    fault: (seen) => {
      expect(seen).toMatchObject(told);
    },
  });

prove(
  "ini-query-wait-zero",
  wait("without a limit a client waits for a server for ever", { query_wait_timeout: 0 }, { kind: "silence" }),
  wait(
    "with a limit it is told that there is none",
    { query_wait_timeout: 1 },
    { kind: "error", code: "08P01", message: "query_wait_timeout" },
  ),
);

prove(
  "ini-reserve-without-timeout",
  wait(
    "without a timeout the reserve is never opened",
    { reserve_pool_size: 1, reserve_pool_timeout: 0, query_wait_timeout: 2 },
    { kind: "error", code: "08P01", message: "query_wait_timeout" },
  ),
  wait(
    "with a timeout the reserve is opened for the client that waits",
    { reserve_pool_size: 1, reserve_pool_timeout: 1, query_wait_timeout: 30 },
    { kind: "value" },
  ),
);

prove(
  "ini-query-timeout",
  act({
    example: "a slow query costs its client the connection",
    fixed: "`statement_timeout` costs it the query alone",
    modes: transaction,
    settings: { query_timeout: 1 },
    applications: session,
    play: async (stage, side) => {
      const stranger = await stage.stranger("stranger");
      await stranger.ask("begin");
      if (side === "fixed") await stranger.ask("set local statement_timeout = '100ms'");
      const slow = await stranger.ask("select pg_sleep(30)");
      if (side === "example") await stage.noClients();
      return { slow, next: await stranger.ask("rollback") };
    },
    fault: (seen) => {
      expect(seen.slow).toMatchObject({ kind: "error", code: "08P01" });
      expect(seen.next.kind).toBe("error");
    },
    mended: (seen) => {
      expect(seen.slow).toMatchObject({ kind: "error", code: "57014" });
      expect(seen.next.kind).toBe("value");
    },
  }),
);

prove(
  "ini-idle-transaction-off",
  act({
    example: "a forgotten transaction keeps its server, and its lock",
    modes: transaction,
    applications: session,
    play: async (stage) => {
      await forget(stage);
      return tryLock(stage);
    },
    fault: (seen) => {
      expect(seen).toMatchObject({ kind: "error", code: "55P03" });
    },
  }),
  act({
    example: "`idle_transaction_timeout` disconnects its client, and the lock is free",
    modes: transaction,
    settings: { idle_transaction_timeout: 1 },
    applications: session,
    play: async (stage) => {
      await forget(stage);
      await stage.noClients();
      return tryLock(stage);
    },
    fault: (seen) => {
      expect(seen.kind).toBe("value");
    },
  }),
);

async function forget(stage: Stage) {
  const forgetful = await stage.stranger("forgetful");
  await forgetful.ask("begin");
  await forgetful.ask("select balance from accounts where id = 1 for update");
}

async function tryLock(stage: Stage) {
  return (await stage.stranger("stranger")).ask("select balance from accounts where id = 1 for update nowait");
}

prove(
  "ini-server-lifetime-zero",
  act({
    example: "each use gets a new server",
    modes: transaction,
    settings: { default_pool_size: 1, server_lifetime: 0 },
    applications: session,
    play: backends,
    fault: (seen) => {
      expect(seen).toBe(3);
    },
  }),
  act({
    example: "by default one server serves all",
    modes: transaction,
    settings: { default_pool_size: 1 },
    applications: session,
    play: backends,
    fault: (seen) => {
      expect(seen).toBe(1);
    },
  }),
);

/** How many servers three statements ran on; each says which it is with a line of its own. */
async function backends(stage: Stage) {
  const app = await stage.application("app");
  for (const item of ["book", "lamp", "chair"]) {
    await app.call("ask", "insert into orders (item, receipt) values ($1, pg_backend_pid())", [item]);
  }
  const [row] = await stage.truth("select count(distinct receipt)::int as servers from orders");
  return row?.servers;
}

prove(
  "ini-disable-pqexec",
  act({
    example: "a query without parameters is refused, and its client disconnected",
    modes: transaction,
    settings: { disable_pqexec: 1 },
    applications: session,
    play: async (stage) => {
      const app = await stage.application("app");
      const simple = await app.call("ask", "select 1 as one");
      return { simple, extended: await app.call("ask", "select $1::int as one", [1]) };
    },
    fault: (seen) => {
      expect(seen.simple).toMatchObject({ kind: "error", code: "08P01" });
      expect(seen.extended).toEqual({ kind: "value", value: [{ one: 1 }] });
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

prove(
  "ini-sigterm-waits",
  ...[
    { versions: { before: "1.23" }, example: "before 1.23 SIGTERM ends PgBouncer at once", ends: true },
    { versions: { since: "1.23" }, example: "from 1.23 on SIGTERM waits for every client to leave", ends: false },
  ].map(({ versions, example, ends }) =>
    act({
      example,
      versions,
      modes: transaction,
      applications: session,
      play: async (stage) => {
        const stranger = await stage.stranger("stranger");
        await stranger.ask("select 1 as one");
        await stage.terminateBouncer();
        return stranger.ask("select 1 as one");
      },
      fault: (seen) => {
        expect(seen.kind).toBe(ends ? "error" : "value");
      },
    }),
  ),
);

prove(
  "ini-statement-mode",
  act({
    example: "a transaction is refused, and its client disconnected",
    modes: ["statement"],
    applications: session,
    play: async (stage) => {
      const stranger = await stage.stranger("stranger");
      const begin = await stranger.ask("begin");
      await stage.noClients();
      return [begin, await stranger.ask("select 1 as one")];
    },
    fault: ([begin, next]) => {
      expect(begin).toMatchObject({ kind: "error", code: "08P01" });
      expect(next?.kind).toBe("error");
    },
  }),
);

prove(
  "ini-client-conn-low",
  act({
    example: "a client more than max_client_conn is refused",
    modes: transaction,
    settings: { max_client_conn: 3 },
    applications: libraries,
    play: (stage) => askFiveAtOnce(stage),
    fault: (seen) => {
      // One of the three is the console.
      const refused = seen.filter((answer) => answer.kind === "error");
      expect(refused.length).toBeGreaterThan(0);
      for (const answer of refused)
        expect(answer).toMatchObject({ code: "08P01", message: "no more connections allowed (max_client_conn)" });
    },
  }),
);

prove(
  "ini-pool-exceeds-server",
  act({
    example: "a pool larger than what the server takes lets its clients wait for servers that never come",
    modes: transaction,
    settings: { default_pool_size: 3, query_wait_timeout: 2 },
    applications: session,
    play: async (stage) => {
      // The proof's own connection is the first of the three.
      await stage.truth(
        `do $$ begin execute format('alter database %I connection limit 3', current_database()); end $$`,
      );
      return holdThree(stage);
    },
    fault: (seen) => {
      expect(seen).toMatchObject({ kind: "error", code: "08P01", message: "query_wait_timeout" });
    },
  }),
  act({
    example: "a pool that the server has room for serves as many clients",
    modes: transaction,
    settings: { default_pool_size: 3, query_wait_timeout: 2 },
    applications: session,
    play: holdThree,
    fault: (seen) => {
      expect(seen.kind).toBe("value");
    },
  }),
);

/** Opens three transactions, and says what the third was told. */
async function holdThree(stage: Stage) {
  await (await stage.stranger("first")).ask("begin");
  await (await stage.stranger("second")).ask("begin");
  return (await stage.stranger("third")).ask("begin");
}

async function askFiveAtOnce(stage: Stage) {
  const app = await stage.application("app");
  await app.call("open", "node-postgres", { max: 5 }, {});
  return app.together(...Array.from({ length: 5 }, () => ["ask", "select 1 as one"] as const));
}
