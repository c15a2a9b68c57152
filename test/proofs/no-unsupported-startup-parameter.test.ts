import { expect } from "vitest";
import { act, prove } from "./proof.ts";
import type { Stage } from "./stage.ts";

const libraries = { example: "libraries.mjs", fixed: "libraries.mjs" };
const timeout = "select current_setting('statement_timeout') as timeout";
const refused = "unsupported startup parameter: statement_timeout";

/** What the fixed example advises, for this database alone: roles are the whole server's. */
const setForRole = `do $$ begin execute format(
  'alter role app in database %I set statement_timeout = ''300ms''', current_database()); end $$`;

prove(
  "no-unsupported-startup-parameter",
  act({
    example: "example cannot connect in any mode",
    fixed: "fixed example connects",
    modes: ["transaction", "session", "statement"],
    play: async (stage) => {
      const app = await stage.application("app");
      return app.call("listOrders");
    },
    fault: (seen) => {
      expect(seen).toMatchObject({ kind: "error", code: "08P01", message: refused });
    },
    mended: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [] });
    },
  }),
  act({
    example: "example cannot connect when its role has the setting either",
    fixed: "fixed example's statements end when they take too long, because its role says so",
    modes: ["transaction"],
    play: async (stage) => {
      await stage.truth(setForRole);
      await stage.hold("lock table orders");
      const app = await stage.application("app");
      return app.call("listOrders");
    },
    fault: (seen) => {
      expect(seen).toMatchObject({ kind: "error", code: "08P01", message: refused });
    },
    mended: (seen) => {
      expect(seen).toMatchObject({ kind: "error", code: "57014" });
    },
  }),
  act({
    example: "with ignore_startup_parameters the parameter is accepted and lost",
    modes: ["transaction", "session"],
    settings: { ignore_startup_parameters: "statement_timeout" },
    applications: libraries,
    play: (stage) => openAndAsk(stage, "node-postgres", { statement_timeout: 5_000 }, timeout),
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ timeout: "0" }] });
    },
  }),
  act({
    example: "a connect_query of the database sets it on every server",
    modes: ["transaction", "session"],
    database: { connect_query: "'set statement_timeout = ''5s'''" },
    applications: libraries,
    play: (stage) => openAndAsk(stage, "node-postgres", {}, timeout),
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ timeout: "5s" }] });
    },
  }),
  act({
    example: "`options` are refused",
    modes: ["transaction"],
    applications: libraries,
    play: (stage) => openAndAsk(stage, "node-postgres", { options: "-c search_path=tenant_a" }, "show search_path"),
    fault: (seen, { program }) => {
      // The version that began to read them says which one it refuses.
      const which = program.version === "1.18" ? ": options" : " in options: search_path";
      expect(seen).toMatchObject({ kind: "error", code: "08P01", message: `unsupported startup parameter${which}` });
    },
  }),
  act({
    example: "`options` are accepted and lost with ignore_startup_parameters",
    modes: ["transaction"],
    settings: { ignore_startup_parameters: "options" },
    applications: libraries,
    play: (stage) => openAndAsk(stage, "node-postgres", { options: "-c search_path=tenant_a" }, "show search_path"),
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ search_path: '"$user", public' }] });
    },
  }),
  act({
    example: "what PgBouncer tracks is accepted and holds",
    modes: ["transaction"],
    applications: libraries,
    play: (stage) => openAndAsk(stage, "postgres.js", { "connection.TimeZone": "Asia/Tokyo" }, "show timezone"),
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ TimeZone: "Asia/Tokyo" }] });
    },
  }),
  act({
    example: "what track_extra_parameters names is accepted and lost where PostgreSQL does not report it",
    modes: ["transaction"],
    versions: { since: "1.20" },
    settings: { track_extra_parameters: "IntervalStyle, statement_timeout" },
    applications: libraries,
    play: (stage) => openAndAsk(stage, "node-postgres", { statement_timeout: 5_000 }, timeout),
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ timeout: "0" }] });
    },
  }),
  act({
    example: "what track_extra_parameters names is accepted and holds where PostgreSQL reports it",
    modes: ["transaction"],
    versions: { since: "1.20" },
    settings: { track_extra_parameters: "IntervalStyle, default_transaction_read_only" },
    applications: libraries,
    play: (stage) =>
      openAndAsk(
        stage,
        "postgres.js",
        { "connection.default_transaction_read_only": "on" },
        "show default_transaction_read_only",
      ),
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ default_transaction_read_only: "on" }] });
    },
  }),
  act({
    example: "Prisma's URL key `pgbouncer=true` is refused when postgres.js sends it",
    fixed: "postgres.js connects with a URL without it",
    modes: ["transaction"],
    applications: libraries,
    play: (stage, side) =>
      openAndAsk(stage, "postgres.js", {}, "select 1 as one", side === "example" ? { pgbouncer: "true" } : {}),
    fault: (seen) => {
      expect(seen).toMatchObject({ kind: "error", message: "unsupported startup parameter: pgbouncer" });
    },
    mended: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ one: 1 }] });
    },
  }),
);

/** Each library's way to the parameter. */
const ways = {
  "node-postgres": { statement_timeout: 5_000 },
  "postgres.js": { "connection.statement_timeout": 5_000 },
  Knex: { "connection.statement_timeout": 5_000 },
  Sequelize: { "dialectOptions.statement_timeout": 5_000 },
  TypeORM: { "extra.statement_timeout": 5_000 },
  "Drizzle (node-postgres)": { "connection.statement_timeout": 5_000 },
  "Drizzle (postgres.js)": { "connection.connection.statement_timeout": 5_000 },
  Slonik: { statementTimeout: 60_000 },
  "pg-promise": { statement_timeout: 5_000 },
  MikroORM: { "driverOptions.statement_timeout": 5_000 },
  "Prisma's adapter for pg": { statement_timeout: 5_000 },
} as const;

prove(
  "startup-parameters",
  ...Object.entries(ways).map(([library, settings]) => {
    const way = `\`${Object.keys(settings)[0]}\``;
    return act({
      example: `${library} cannot connect with ${way}`,
      fixed: `${library} connects without ${way}`,
      modes: ["transaction"],
      versions: "oldest",
      applications: libraries,
      play: (stage, side) => openAndAsk(stage, library, side === "example" ? settings : {}, timeout),
      fault: (seen) => {
        expect(seen).toMatchObject({ kind: "error", message: expect.stringContaining(refused) });
      },
      mended: (seen) => {
        expect(seen).toEqual({ kind: "value", value: [{ timeout: "0" }] });
      },
    });
  }),
);

async function openAndAsk(
  stage: Stage,
  library: string,
  settings: Readonly<Record<string, unknown>>,
  text: string,
  parameters: Readonly<Record<string, string>> = {},
) {
  const app = await stage.application("app");
  const opened = await app.call("open", library, settings, parameters);
  return opened.kind === "error" ? opened : app.call("ask", text);
}
