import { expect } from "vitest";
import { act, prove } from "./proof.ts";

const path = { setting: "search_path", left: "tenant_a", clean: '"$user", public' };

/** Each way of a library to set something when it connects, and what the server's next client finds. */
const ways = {
  'pool.on("connect")': { what: 'node-postgres with `pool.on("connect")`', ...path },
  onConnect: { what: "node-postgres with `onConnect`", ...path },
  searchPath: { what: "Knex with `searchPath`", ...path },
  "pool.afterCreate": { what: "Knex with `pool.afterCreate`", ...path },
  schema: { what: "pg-promise with `schema`", ...path },
  "onCreateConnection of Kysely": { what: "Kysely with `onCreateConnection`", ...path },
  "onCreateConnection of MikroORM": { what: "MikroORM with `onCreateConnection`", ...path },
  defaults: {
    what: "Sequelize without `clientMinMessages`",
    setting: "client_min_messages",
    left: "warning",
    clean: "notice",
  },
} as const;

prove(
  "session-hooks",
  ...Object.entries(ways).map(([way, { what, setting, left, clean }]) =>
    act({
      example: `${what} leaves its \`SET\` to the server's next client`,
      fixed: `${what.replace(/ with(out)? /, (_, out) => (out ? " with " : " without "))} leaves nothing`,
      modes: ["transaction"],
      versions: "oldest",
      settings: { default_pool_size: 1 },
      applications: { example: "hooks.mjs", fixed: "hooks.mjs" },
      play: async (stage, side) => {
        const app = await stage.application("app");
        await app.call("open", way, side === "example" ? "set" : "unset");
        const used = await app.call("use");
        return { used, next: await (await stage.stranger("stranger")).ask(`show ${setting}`) };
      },
      fault: (seen) => {
        expect(seen.used.kind).toBe("value");
        expect(seen.next).toEqual({ kind: "value", value: [{ [setting]: left }] });
      },
      mended: (seen) => {
        expect(seen.used.kind).toBe("value");
        expect(seen.next).toEqual({ kind: "value", value: [{ [setting]: clean }] });
      },
    }),
  ),
);
