import { expect } from "vitest";
import { act, type Proof, prove } from "./proof.ts";
import type { Stage } from "./stage.ts";

const engine = {
  applications: { example: "python_engine.py", fixed: "python_engine.py" },
  modules: ["sqlalchemy", "psycopg2"],
} as const satisfies Partial<Proof<unknown>>;

const psycopgPool = {
  applications: { example: "python_psycopg_pool.py", fixed: "python_psycopg_pool.py" },
  modules: ["psycopg", "psycopg_pool"],
} as const satisfies Partial<Proof<unknown>>;

/** What psycopg2 says of a connection that was closed while it lay in the pool, in SQLAlchemy's words. */
const closed = {
  kind: "error",
  name: "sqlalchemy.exc.OperationalError",
  message: expect.stringContaining("(psycopg2.OperationalError) server closed the connection unexpectedly"),
};

/** What survives a restart, by what it is called. */
const lasting = {
  "`pool_pre_ping=True`": ["QueuePool", { pool_pre_ping: true }],
  NullPool: ["NullPool", {}],
} as const;

prove(
  "python-pools",
  act({
    ...engine,
    example: "four idle connections of SQLAlchemy's QueuePool hold four servers",
    fixed: "NullPool holds none",
    modes: ["session"],
    play: async (stage, side) => {
      const app = await stage.application("app");
      await app.call("open", side === "example" ? "QueuePool" : "NullPool", {});
      await app.call("ask_at_once", 4);
      if (side === "fixed") await stage.noClients();
      return stage.heldServers();
    },
    fault: (seen) => {
      expect(seen).toHaveLength(4);
    },
    mended: (seen) => {
      expect(seen).toEqual([]);
    },
  }),
  act({
    ...engine,
    example: "four idle connections of SQLAlchemy's QueuePool hold no server",
    modes: ["transaction"],
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("open", null, {});
      await app.call("ask_at_once", 4);
      return { clients: await stage.clientNames(), held: await stage.heldServers() };
    },
    fault: (seen) => {
      expect(seen.clients).toHaveLength(4);
      expect(seen.held).toEqual([]);
    },
  }),
  ...Object.entries(lasting).map(([label, [pool, options]]) =>
    act({
      ...engine,
      example: `SQLAlchemy's QueuePool fails once after a restart of PgBouncer, where ${label} is to help`,
      fixed: `with ${label} nobody notices the restart`,
      modes: ["transaction"],
      play: async (stage, side) => {
        const app = await stage.application("app");
        await app.call("open", ...(side === "example" ? ["QueuePool", {}] : [pool, options]));
        await app.call("ask", "select 1");
        await stage.restartBouncer();
        return [await app.call("ask", "select 2"), await app.call("ask", "select 3")];
      },
      fault: (seen) => {
        expect(seen).toMatchObject([closed, { kind: "value", value: 3 }]);
      },
      mended: (seen) => {
        expect(seen).toEqual([
          { kind: "value", value: 2 },
          { kind: "value", value: 3 },
        ]);
      },
    }),
  ),
  act({
    ...engine,
    example: "a Session open across a restart of PgBouncer fails until it is rolled back, `pool_pre_ping` or not",
    modes: ["transaction"],
    versions: "oldest",
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("open", "QueuePool", { pool_pre_ping: true });
      await app.call("read_in_session");
      await stage.restartBouncer();
      const failures = [await app.call("read_again"), await app.call("read_again")];
      await app.call("rollback_session");
      return { failures, again: await app.call("read_again") };
    },
    fault: (seen) => {
      expect(seen.failures).toMatchObject([
        closed,
        {
          kind: "error",
          name: "sqlalchemy.exc.PendingRollbackError",
          message: expect.stringContaining("Can't reconnect until invalid transaction is rolled back."),
        },
      ]);
      expect(seen.again).toEqual({ kind: "value", value: 0 });
    },
  }),
  act({
    ...engine,
    example: "a Session's SELECT holds the server until it commits",
    fixed: 'with `isolation_level="AUTOCOMMIT"` it holds none',
    modes: ["transaction"],
    play: async (stage, side) => {
      const app = await stage.application("app");
      await app.call("open", null, side === "example" ? {} : { isolation_level: "AUTOCOMMIT" });
      const read = await app.call("read_in_session");
      const held = await stage.heldServers();
      const activity = await stage.activity();
      await app.call("commit_session");
      return { read, held, activity, after: await stage.heldServers() };
    },
    fault: (seen) => {
      expect(seen.read).toEqual({ kind: "value", value: 0 });
      expect(seen.held).toHaveLength(1);
      expect(seen.activity).toMatchObject([{ state: "idle in transaction" }]);
      expect(seen.after).toEqual([]);
    },
    mended: (seen) => {
      expect(seen.read).toEqual({ kind: "value", value: 0 });
      expect(seen.held).toEqual([]);
      expect(seen.activity).toMatchObject([{ state: "idle" }]);
    },
  }),
  act({
    ...psycopgPool,
    example: "four idle connections of psycopg_pool's ConnectionPool hold four servers",
    fixed: "its NullConnectionPool holds none",
    modes: ["session"],
    play: async (stage, side) => {
      const app = await stage.application("app");
      const kind = side === "example" ? "ConnectionPool" : "NullConnectionPool";
      await app.call("open", kind, { min_size: side === "example" ? 4 : 0, max_size: 4 });
      await app.call("ask_at_once", 4);
      if (side === "fixed") await stage.noClients();
      return stage.heldServers();
    },
    fault: (seen) => {
      expect(seen).toHaveLength(4);
    },
    mended: (seen) => {
      expect(seen).toEqual([]);
    },
  }),
  act({
    ...psycopgPool,
    example: "four idle connections of psycopg_pool's ConnectionPool hold no server",
    modes: ["transaction"],
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("open", "ConnectionPool", { min_size: 4, max_size: 4 });
      await app.call("ask_at_once", 4);
      return { clients: await stage.clientNames(), held: await stage.heldServers() };
    },
    fault: (seen) => {
      expect(seen.clients).toHaveLength(4);
      expect(seen.held).toEqual([]);
    },
  }),
);

/** Arguments of create_engine that it refuses, with what it says, and the same without what it refuses. */
const refused = [
  {
    what: "`pool_size` and `max_overflow` with NullPool",
    without: "NullPool without them",
    pool: "NullPool",
    options: { pool_size: 5, max_overflow: 10 },
    mended: "NullPool",
    name: "TypeError",
    message:
      "Invalid argument(s) 'pool_size','max_overflow' sent to create_engine(), using configuration PGDialect_psycopg2/NullPool/Engine.",
  },
  {
    what: '`poolclass="sqlalchemy.pool.NullPool"`, a string',
    without: "the class itself",
    pool: "sqlalchemy.pool.NullPool",
    options: {},
    mended: "NullPool",
    name: "AttributeError",
    message: "'str' object has no attribute '__dict__'",
  },
  {
    what: "`pool_class`, which is spelt `poolclass`",
    without: "an engine without it",
    pool: null,
    options: { pool_class: "NullPool" },
    mended: null,
    name: "TypeError",
    message: "Invalid argument(s) 'pool_class' sent to create_engine()",
  },
  {
    what: "`autocommit=True`",
    without: "an engine without it",
    pool: null,
    options: { autocommit: true },
    mended: null,
    name: "TypeError",
    message: "Invalid argument(s) 'autocommit' sent to create_engine()",
  },
] as const;

prove(
  "python-engine-arguments",
  ...refused.map(({ what, without, pool, options, mended, name, message }) =>
    act({
      ...engine,
      example: `create_engine refuses ${what}`,
      fixed: `create_engine takes ${without}, instead of ${what}`,
      modes: ["transaction"],
      versions: "oldest",
      play: async (stage, side) => {
        const app = await stage.application("app");
        if (side === "example") return app.call("open", pool, options);
        await app.call("open", mended, {});
        return app.call("ask", "select 1");
      },
      fault: (seen) => {
        expect(seen).toMatchObject({ kind: "error", name, message: expect.stringContaining(message) });
      },
      mended: (seen) => {
        expect(seen).toEqual({ kind: "value", value: 1 });
      },
    }),
  ),
);

/** The ways to name a psycopg2 engine's connections. */
const psycopg2Names = {
  "the URL": { parameters: "?application_name=orders" },
  connect_args: { options: { connect_args: { application_name: "orders" } } },
  PGAPPNAME: { environment: { PGAPPNAME: "orders" } },
};

/** Those that asyncpg refuses, and that which it takes. */
const asyncpgRefuses = {
  "the URL": { parameters: "?application_name=orders" },
  connect_args: { options: { connect_args: { application_name: "orders" } } },
};
const serverSettings = { options: { connect_args: { server_settings: { application_name: "orders" } } } };

prove(
  "python-application-name",
  ...Object.entries(psycopg2Names).map(([place, way]) =>
    act({
      ...engine,
      example: `SQLAlchemy on psycopg2 sends the name from ${place}`,
      modes: ["transaction"],
      versions: "oldest",
      play: (stage) => nameSent(stage, way),
      fault: (seen) => {
        expect(seen).toEqual({ answer: { kind: "value", value: 1 }, name: "orders" });
      },
    }),
  ),
  ...Object.entries(asyncpgRefuses).map(([place, way]) =>
    act({
      applications: { example: "python_async_engine.py", fixed: "python_async_engine.py" },
      modules: ["sqlalchemy", "asyncpg"],
      example: `SQLAlchemy on asyncpg fails with the name in ${place}`,
      fixed: `SQLAlchemy on asyncpg sends the name from \`server_settings\` instead of ${place}`,
      modes: ["transaction"],
      versions: "oldest",
      play: (stage, side) => nameSent(stage, side === "example" ? way : serverSettings, []),
      fault: (seen) => {
        expect(seen.answer).toMatchObject({
          kind: "error",
          name: "TypeError",
          message: expect.stringContaining("connect() got an unexpected keyword argument 'application_name'"),
        });
      },
      mended: (seen) => {
        expect(seen).toEqual({ answer: { kind: "value", value: 1 }, name: "orders" });
      },
    }),
  ),
  act({
    applications: { example: "python_async_engine.py", fixed: "python_async_engine.py" },
    modules: ["sqlalchemy", "asyncpg"],
    example: "asyncpg does not send the name in PGAPPNAME",
    modes: ["transaction"],
    versions: "oldest",
    play: (stage) => nameSent(stage, { environment: { PGAPPNAME: "orders" } }, []),
    fault: (seen) => {
      expect(seen).toEqual({ answer: { kind: "value", value: 1 }, name: undefined });
    },
  }),
  act({
    applications: { example: "python_drivers.py", fixed: "python_drivers.py" },
    modules: ["psycopg"],
    example: "psycopg sends the name from `application_name`",
    modes: ["transaction"],
    versions: "oldest",
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("open", "psycopg", { application_name: "orders" });
      return app.sentName();
    },
    fault: (seen) => {
      expect(seen).toBe("orders");
    },
  }),
);

interface Way {
  readonly parameters?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** @param pool the arguments of `open` before the options */
async function nameSent(stage: Stage, { parameters = "", options = {}, environment = {} }: Way, pool = [null]) {
  const app = await stage.application("app", { environment });
  await app.call("open", ...pool, options, parameters);
  return { answer: await app.call("ask", "select 1"), name: app.sentName() };
}
