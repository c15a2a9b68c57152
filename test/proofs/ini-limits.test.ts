import { expect } from "vitest";
import type { Settings } from "./machine/bouncer.ts";
import { act, prove } from "./proof.ts";
import type { Stage } from "./stage.ts";

const session = { example: "session.mjs", fixed: "session.mjs" };
const libraries = { example: "libraries.mjs", fixed: "libraries.mjs" };
const transaction = ["transaction"] as const;

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
