import { expect } from "vitest";
import { act, prove } from "./proof.ts";
import type { Stage } from "./stage.ts";

const session = { example: "session.mjs", fixed: "session.mjs" };
const libraries = { example: "prepared.mjs", fixed: "prepared.mjs" };
const book = "insert into orders (item) values ('book')";

/** As many queries as the example's five connections have to send in a row. */
const many = Array.from({ length: 20 }, () => ["orderOf", 1] as const);

prove(
  "no-named-prepared-statement",
  act({
    example: "example's queries behind each other are never answered when PgBouncer sends them to another server",
    fixed: "fixed example's queries are answered by any server",
    modes: ["transaction"],
    settings: { default_pool_size: 2, max_prepared_statements: 0 },
    play: (stage, side) => changeServers(stage, side === "example" ? 3_000 : 15_000),
    fault: (seen) => {
      expect(seen.some((answer) => answer.kind === "silence")).toBe(true);
    },
    mended: (seen) => {
      for (const answer of seen) expect(answer).toEqual({ kind: "value", value: [{ item: "book" }] });
    },
  }),
  act({
    example: "example's queries are answered by any server where PgBouncer keeps its statements",
    modes: ["transaction", "statement"],
    versions: { since: "1.21" },
    settings: { default_pool_size: 2, max_prepared_statements: 200 },
    play: (stage) => changeServers(stage, 15_000),
    fault: (seen) => {
      for (const answer of seen) expect(answer).toEqual({ kind: "value", value: [{ item: "book" }] });
    },
  }),
  act({
    example: "example's queries are answered in session mode",
    modes: ["session"],
    settings: { max_prepared_statements: 0 },
    play: async (stage) => {
      await stage.truth(book);
      const app = await stage.application("app");
      return app.together(...many);
    },
    fault: (seen) => {
      for (const answer of seen) expect(answer).toEqual({ kind: "value", value: [{ item: "book" }] });
    },
  }),
  act({
    example: "a statement's name gives the rows of another statement that has it too",
    modes: ["transaction"],
    settings: { default_pool_size: 2, max_prepared_statements: 0 },
    applications: session,
    play: swapNames,
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ orders: 2 }] });
    },
  }),
  act({
    example: "a statement's name stands for its own text where PgBouncer keeps the statements",
    modes: ["transaction"],
    versions: { since: "1.21" },
    settings: { default_pool_size: 2, max_prepared_statements: 200 },
    applications: session,
    play: swapNames,
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ accounts: 1 }] });
    },
  }),
  act({
    example: "a stranger's `DEALLOCATE ALL` takes the statement away",
    modes: ["transaction"],
    settings: { default_pool_size: 1, max_prepared_statements: 0 },
    applications: libraries,
    play: deallocate,
    fault: (seen) => {
      expect(seen).toMatchObject({ kind: "error", code: "26000" });
    },
  }),
  act({
    example: "a stranger's `DEALLOCATE ALL` takes nothing away where PgBouncer keeps the statements",
    modes: ["transaction"],
    versions: { since: "1.21" },
    settings: { default_pool_size: 1, max_prepared_statements: 200 },
    applications: libraries,
    play: deallocate,
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: "unknown" });
    },
  }),
);

/** Each library's way to give a statement a name. */
const ways = {
  "node-postgres": "`{ name, text }`",
  Knex: "`.options({ name })`",
  "Drizzle (node-postgres)": "`.prepare(name)`",
  "pg-promise": "`PreparedStatement`",
  "Prisma's adapter for pg": "`statementNameGenerator`",
} as const;

prove(
  "named-statements",
  ...Object.entries(ways).flatMap(([library, way]) => [
    act({
      example: `${library}'s ${way} names a statement that the server has from another process already`,
      fixed: `${library} without ${way} runs in both processes`,
      modes: ["transaction"],
      versions: "oldest",
      settings: { default_pool_size: 1 },
      applications: libraries,
      play: (stage, side) => askTwice(stage, library, side === "example" ? "named" : "unnamed"),
      fault: ([first, second]) => {
        expect(first).toEqual({ kind: "value", value: "unknown" });
        expect(second).toMatchObject({ kind: "error", message: expect.stringContaining("already exists") });
      },
      mended: (seen) => {
        for (const answer of seen) expect(answer).toEqual({ kind: "value", value: "unknown" });
      },
    }),
    act({
      example: `${library}'s ${way} runs in both processes where PgBouncer keeps the statements`,
      modes: ["transaction"],
      versions: { since: "1.21" },
      settings: { default_pool_size: 1, max_prepared_statements: 200 },
      applications: libraries,
      play: (stage) => askTwice(stage, library, "named"),
      fault: (seen) => {
        for (const answer of seen) expect(answer).toEqual({ kind: "value", value: "unknown" });
      },
    }),
  ]),
);

/** Lets every connection of the example prepare on one server, and then leaves it only the other. */
async function changeServers(stage: Stage, patience: number) {
  await stage.truth(book);
  const app = await stage.application("app");
  const first = await stage.stranger("first");
  const second = await stage.stranger("second");
  // In statement mode nobody can hold a server, and nobody needs to: the servers take turns.
  const holds = stage.place.mode === "transaction";
  if (holds) await first.ask("begin");
  await app.together(...many.slice(0, 5));
  if (holds) {
    await second.ask("begin");
    await first.ask("commit");
  }
  return app.within(patience).together(...many);
}

async function swapNames(stage: Stage) {
  const accounts = { name: "count", text: "select 1 as accounts" };
  const first = await stage.application("app 1");
  await first.call("ask", accounts);
  await (await stage.stranger("stranger")).ask("begin");
  const second = await stage.application("app 2");
  await second.call("ask", { name: "count", text: "select 2 as orders" });
  return first.call("ask", accounts);
}

async function deallocate(stage: Stage) {
  const app = await stage.application("app");
  await app.call("open", "node-postgres", "named");
  await app.call("stateOf", "book");
  await (await stage.stranger("stranger")).ask("DEALLOCATE ALL");
  return app.call("stateOf", "book");
}

async function askTwice(stage: Stage, library: string, form: "named" | "unnamed") {
  const answers = [];
  for (const label of ["app 1", "app 2"]) {
    const app = await stage.application(label);
    await app.call("open", library, form);
    answers.push(await app.call("stateOf", "book"));
  }
  return answers;
}
