import { expect } from "vitest";
import { type Act, act, prove } from "./proof.ts";

/** Each library's NullPool form, as `applications/null-pool.mjs` opens it. */
const nullPools = {
  pg: "maxUses: 1",
  postgres: "idle_timeout: 0.001",
  knex: "pool: { min: 0, idleTimeoutMillis: 1, reapIntervalMillis: 1 }",
  sequelize: "pool: { maxUses: 1 }",
  typeorm: "extra: { maxUses: 1 }",
  "drizzle-orm": "connection: { maxUses: 1 }",
  kysely: "maxUses: 1",
  slonik: "idleTimeout: 1",
  "pg-promise": "maxUses: 1",
  "@mikro-orm/postgresql": "driverOptions: { maxUses: 1 }",
  "@prisma/adapter-pg": "maxUses: 1",
} as const;

prove(
  "null-pool",
  ...Object.entries(nullPools).map(
    ([library, form]): Act =>
      act({
        example: `${library} keeps three idle clients by default`,
        fixed: `${library} keeps none with \`${form}\``,
        modes: ["transaction"],
        applications: { example: "null-pool.mjs", fixed: "null-pool.mjs" },
        play: async (stage, side) => {
          const app = await stage.application("app");
          const answer = await app.call("askThreeThings", library, side === "example" ? "default" : "null");
          if (side === "fixed") await stage.noClients();
          return { answer, clients: await stage.clients() };
        },
        fault: (seen) => {
          expect(seen.answer.kind).toBe("value");
          expect(seen.clients).toHaveLength(3);
        },
        mended: (seen) => {
          expect(seen.answer.kind).toBe("value");
          expect(seen.clients).toEqual([]);
        },
      }),
  ),
);
