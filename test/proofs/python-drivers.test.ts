import { expect } from "vitest";
import type { Answer } from "./machine/application.ts";
import { act, type Proof, prove } from "./proof.ts";
import type { Stage } from "./stage.ts";

const drivers = { example: "python_drivers.py", fixed: "python_drivers.py" };
const asyncEngine = { example: "python_async_engine.py", fixed: "python_async_engine.py" };
const django = {
  applications: { example: "python_django.py", fixed: "python_django.py" },
  modules: ["django", "psycopg2"],
} as const satisfies Partial<Proof<unknown>>;

const bothCachesOff = { connect_args: { statement_cache_size: 0, prepared_statement_cache_size: 0 } };

/** What a driver must be told where PgBouncer does not keep its statements, and what comes back without. */
interface Naming {
  readonly modules: NonNullable<Proof<unknown>["modules"]>;
  readonly applications: { readonly example: string; readonly fixed: string };
  readonly open: readonly unknown[];
  /** Absent where it depends on the version of asyncpg. */
  readonly unnamed?: { readonly text: string; readonly open: readonly unknown[] };
  readonly ask: string;
  readonly error: { readonly name: string; readonly message: string };
}

const naming: Readonly<Record<string, Naming>> = {
  asyncpg: {
    modules: ["asyncpg"],
    applications: drivers,
    open: ["open_asyncpg", {}],
    unnamed: { text: "`statement_cache_size=0`", open: ["open_asyncpg", { statement_cache_size: 0 }] },
    ask: "fetch",
    error: {
      name: "asyncpg.exceptions.DuplicatePreparedStatementError",
      message: 'prepared statement "__asyncpg_stmt_1__" already exists',
    },
  },
  "SQLAlchemy on asyncpg": {
    modules: ["sqlalchemy", "asyncpg"],
    applications: asyncEngine,
    open: ["open", {}],
    ask: "ask",
    error: {
      name: "sqlalchemy.exc.ProgrammingError",
      // The first numbers go to what SQLAlchemy asks when it connects, which differs between its versions.
      message: 'prepared statement "__asyncpg_stmt_',
    },
  },
  "psycopg with `prepare_threshold=0`": {
    modules: ["psycopg"],
    applications: drivers,
    open: ["open", "psycopg", { prepare_threshold: 0 }],
    unnamed: { text: "`prepare_threshold=None`", open: ["open", "psycopg", { prepare_threshold: null }] },
    ask: "ask",
    error: { name: "psycopg.errors.DuplicatePreparedStatement", message: 'prepared statement "_pg3_0" already exists' },
  },
};

prove(
  "python-prepared-statements",
  ...Object.entries(naming).flatMap(([driver, { modules, applications, open, unnamed, ask, error }]) => [
    act({
      modules,
      applications,
      example: `${driver}'s second process meets the names of the first`,
      ...(unnamed && { fixed: `with ${unnamed.text} ${driver} has no names to meet` }),
      modes: ["transaction"],
      settings: { default_pool_size: 1, max_prepared_statements: 0 },
      play: (stage, side) => askInTwo(stage, side === "example" ? open : (unnamed?.open ?? []), ask),
      fault: (seen) => {
        expect(seen[0]).toEqual({ kind: "value", value: 7 });
        expect(seen[1]).toMatchObject({
          kind: "error",
          name: error.name,
          message: expect.stringContaining(error.message),
        });
      },
      mended: (seen) => {
        for (const answer of seen) expect(answer).toEqual({ kind: "value", value: 7 });
      },
    }),
    act({
      modules,
      applications,
      example: `${driver}'s names do no harm where PgBouncer keeps them, as it does by default`,
      modes: ["transaction"],
      versions: { since: "1.24" },
      settings: { default_pool_size: 1 },
      play: (stage) => askInTwo(stage, open, ask),
      fault: (seen) => {
        for (const answer of seen) expect(answer).toEqual({ kind: "value", value: 7 });
      },
    }),
  ]),
  act({
    modules: ["sqlalchemy", "asyncpg"],
    applications: asyncEngine,
    example: "asyncpg before 0.29 names SQLAlchemy's statements with both caches off too",
    modes: ["transaction"],
    settings: { default_pool_size: 1, max_prepared_statements: 0 },
    play: async (stage) => {
      const version = await (await stage.application("asyncpg")).call("asyncpg_version");
      return { version, answers: await askInTwo(stage, ["open", bothCachesOff], "ask") };
    },
    fault: ({ version, answers }) => {
      const [major, minor] = version.kind === "value" ? String(version.value).split(".").map(Number) : [];
      expect(answers[0]).toEqual({ kind: "value", value: 7 });
      expect(answers[1]).toMatchObject(
        major === 0 && minor! < 29
          ? {
              kind: "error",
              name: "sqlalchemy.exc.ProgrammingError",
              message: expect.stringMatching(/prepared statement "__asyncpg_stmt_\w+__" already exists/),
            }
          : { kind: "value", value: 7 },
      );
    },
  }),
);

const searchPath = { options: "-c search_path=tenant_a" };

prove(
  "python-startup-parameters",
  ...(["psycopg2", "psycopg"] as const).map((driver) =>
    act({
      modules: [driver],
      applications: drivers,
      example: `${driver} cannot connect with \`options="-c search_path=tenant_a"\``,
      fixed: `${driver} connects without \`options\``,
      modes: ["transaction", "session"],
      play: async (stage, side) => {
        const app = await stage.application("app");
        const opened = await app.call("open", driver, side === "example" ? searchPath : {});
        return opened.kind === "error" ? opened : app.call("ask", "show search_path");
      },
      fault: (seen, { program }) => {
        // The version that began to read them says which one it refuses.
        const which = program.version === "1.18" ? ": options" : " in options: search_path";
        expect(seen).toMatchObject({
          kind: "error",
          name: `${driver}.OperationalError`,
          message: expect.stringContaining(`FATAL:  unsupported startup parameter${which}`),
        });
      },
      mended: (seen) => {
        expect(seen).toEqual({ kind: "value", value: '"$user", public' });
      },
    }),
  ),
  act({
    modules: ["psycopg2"],
    applications: drivers,
    example: "psycopg2's `options` are accepted and lost with ignore_startup_parameters",
    modes: ["transaction"],
    settings: { ignore_startup_parameters: "options" },
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("open", "psycopg2", searchPath);
      return app.call("ask", "show search_path");
    },
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: '"$user", public' });
    },
  }),
  act({
    modules: ["asyncpg"],
    applications: drivers,
    example: "asyncpg cannot connect with `jit` in `server_settings`",
    fixed: "asyncpg connects without it",
    modes: ["transaction", "session"],
    play: async (stage, side) => {
      const app = await stage.application("app");
      const settings = side === "example" ? { server_settings: { jit: "off" } } : {};
      const opened = await app.call("open_asyncpg", { statement_cache_size: 0, ...settings });
      return opened.kind === "error" ? opened : app.call("fetch", "select 1");
    },
    fault: (seen) => {
      expect(seen).toMatchObject({
        kind: "error",
        // The class of SQLSTATE 08P01.
        name: "asyncpg.exceptions.ProtocolViolationError",
        message: "unsupported startup parameter: jit",
      });
    },
    mended: (seen) => {
      expect(seen).toEqual({ kind: "value", value: 1 });
    },
  }),
);

const tryLock = "select pg_try_advisory_lock(42) as mine";
const tryLockInTransaction = "select pg_try_advisory_xact_lock(42) as mine";

prove(
  "python-session-state",
  act({
    modules: ["psycopg2"],
    applications: drivers,
    example: "psycopg2's SET reaches a stranger",
    fixed: "SET LOCAL does not",
    modes: ["transaction"],
    settings: { default_pool_size: 1 },
    play: async (stage, side) => {
      const app = await stage.application("app");
      await app.call("open", "psycopg2", {});
      if (side === "example") await app.call("ask", "set search_path = tenant_a");
      else {
        await app.call("begin_and_ask", "set local search_path = tenant_a");
        await app.call("commit");
      }
      const stranger = await stage.stranger("stranger");
      return stranger.ask("show search_path");
    },
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ search_path: "tenant_a" }] });
    },
    mended: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ search_path: '"$user", public' }] });
    },
  }),
  act({
    modules: ["psycopg2"],
    applications: drivers,
    example: "psycopg2's advisory lock is given to a stranger as well",
    fixed: "the transaction's lock is its alone",
    modes: ["transaction"],
    settings: { default_pool_size: 2 },
    play: async (stage, side) => {
      const app = await stage.application("app");
      await app.call("open", "psycopg2", {});
      const mine =
        side === "example" ? await app.call("ask", tryLock) : await app.call("begin_and_ask", tryLockInTransaction);
      const stranger = await stage.stranger("stranger");
      return { mine, theirs: await stranger.ask(side === "example" ? tryLock : tryLockInTransaction) };
    },
    fault: (seen) => {
      expect(seen.mine).toEqual({ kind: "value", value: true });
      expect(seen.theirs).toEqual({ kind: "value", value: [{ mine: true }] });
    },
    mended: (seen) => {
      expect(seen.mine).toEqual({ kind: "value", value: true });
      expect(seen.theirs).toEqual({ kind: "value", value: [{ mine: false }] });
    },
  }),
);

prove(
  "python-django",
  act({
    ...django,
    example: "Django's iterator() outside atomic() loses its cursor when PgBouncer sends it to another server",
    fixed: "with DISABLE_SERVER_SIDE_CURSORS it has no cursor to lose",
    modes: ["transaction"],
    settings: { default_pool_size: 2 },
    play: (stage, side) => iterate(stage, side === "example" ? {} : { DISABLE_SERVER_SIDE_CURSORS: true }, false),
    fault: (seen) => {
      expect(seen.first).toEqual({ kind: "value", value: "book" });
      expect(seen.next).toMatchObject({
        kind: "error",
        // As it is: Django wraps what the first piece raises, and not what later ones do.
        name: "psycopg2.errors.InvalidCursorName",
        message: expect.stringMatching(/^cursor "_django_curs_\d+_sync_1" does not exist/),
      });
    },
    mended: (seen) => {
      expect(seen.next).toEqual({ kind: "value", value: "lamp" });
    },
  }),
  act({
    ...django,
    example: "Django's iterator() inside atomic() keeps its server, and its cursor",
    modes: ["transaction"],
    settings: { default_pool_size: 2 },
    play: (stage) => iterate(stage, {}, true),
    fault: (seen) => {
      expect(seen.next).toEqual({ kind: "value", value: "lamp" });
    },
  }),
  act({
    ...django,
    example: "Django sends the name from OPTIONS",
    modes: ["transaction"],
    versions: "oldest",
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("open", { OPTIONS: { application_name: "orders" } });
      await stage.truth("insert into orders (item) values ('book')");
      return { answer: await app.call("first_item"), name: app.sentName() };
    },
    fault: (seen) => {
      expect(seen).toEqual({ answer: { kind: "value", value: "book" }, name: "orders" });
    },
  }),
  act({
    ...django,
    example: "Django cannot connect with a search_path in OPTIONS",
    modes: ["transaction"],
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("open", { OPTIONS: searchPath });
      return app.call("first_item");
    },
    fault: (seen, { program }) => {
      const which = program.version === "1.18" ? ": options" : " in options: search_path";
      expect(seen).toMatchObject({
        kind: "error",
        name: "django.db.utils.OperationalError",
        message: expect.stringContaining(`unsupported startup parameter${which}`),
      });
    },
  }),
);

/** Two processes, one after the other, each with a connection that stays, on one server. */
async function askInTwo(stage: Stage, open: readonly unknown[], ask: string): Promise<readonly Answer[]> {
  const [name, ...args] = open;
  const answers: Answer[] = [];
  for (const label of ["first", "second"]) {
    const app = await stage.application(label);
    const opened = await app.call(String(name), ...args);
    answers.push(opened.kind === "error" ? opened : await app.call(ask, "select 7"));
  }
  return answers;
}

/** Reads an order, lets a stranger take the server that was idle last, and reads the next one. */
async function iterate(stage: Stage, database: Readonly<Record<string, unknown>>, isAtomic: boolean) {
  await stage.truth("insert into orders (item) values ('book'), ('lamp'), ('tent')");
  const app = await stage.application("app");
  await app.call("open", database);
  if (isAtomic) await app.call("begin");
  const first = await app.call("first_item");
  const stranger = await stage.stranger("stranger");
  await stranger.ask("begin");
  await stranger.ask("select 1 as one");
  return { first, next: await app.call("next_item") };
}
