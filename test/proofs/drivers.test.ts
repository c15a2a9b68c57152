import { expect } from "vitest";
import type { Driver, OptionSetting } from "../../server/src/core/driver.ts";
import { drivers } from "../../server/src/drivers/index.ts";
import { act, prove } from "./proof.ts";

/** The libraries that open a pool of their own (Kysely is given one), by their driver's label. */
const labels = [
  "node-postgres",
  "postgres.js",
  "Knex",
  "Sequelize",
  "TypeORM",
  "Drizzle (node-postgres)",
  "Drizzle (postgres.js)",
  "Slonik",
  "pg-promise",
  "MikroORM",
  "Prisma's adapter for pg",
];

const libraries = labels.map((label) => {
  const driver = drivers.find((driver) => driver.label === label);
  if (!driver) throw new Error(`no driver is labelled ${label}`);
  return driver;
});

const applications = { example: "libraries.mjs", fixed: "libraries.mjs" };

prove(
  "null-pool",
  ...libraries.map((driver) =>
    act({
      example: `${driver.label} keeps three idle clients by default`,
      fixed: `${driver.label} keeps none with ${showSettings(driver)}`,
      modes: ["transaction"],
      applications,
      play: async (stage, side) => {
        const app = await stage.application("app");
        const settings = side === "example" ? {} : asOptions(driver.pool.nullPool ?? []);
        await app.call("open", driver.label, settings, {});
        const answer = await app.call("askAtOnce", 3);
        if (side === "fixed") await stage.noClients();
        return { answer, clients: await stage.clientNames() };
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

prove(
  "idle-close",
  ...libraries.map((driver) =>
    act({
      example: driver.pool.exitsOnIdleClose
        ? `${driver.label} ends the process when PgBouncer closes an idle client`
        : `${driver.label} connects again when PgBouncer closed an idle client`,
      modes: ["transaction"],
      versions: "oldest",
      settings: { client_idle_timeout: 1 },
      applications,
      play: async (stage) => {
        const app = await stage.application("app");
        await app.call("open", driver.label, {}, {});
        await app.call("askAtOnce", 1);
        await stage.noClients();
        const exit = await app.exit(driver.pool.exitsOnIdleClose ? crash : survival);
        const again = exit ? undefined : await app.call("askAtOnce", 1);
        return { exit, again };
      },
      fault: (seen) => {
        expect(seen.exit?.code).toBe(driver.pool.exitsOnIdleClose ? 1 : undefined);
        if (!driver.pool.exitsOnIdleClose) expect(seen.again?.kind).toBe(driver.pool.reconnects ? "value" : "error");
      },
    }),
  ),
);

prove(
  "application-name",
  ...libraries
    .filter(({ applicationName }) => Object.keys(applicationName).length > 0)
    .map((driver) =>
      act({
        example: `${driver.label} sends the name from each place that its driver names`,
        modes: ["transaction"],
        versions: "oldest",
        applications,
        play: async (stage) => {
          const { option, urlParameter, environment = [] } = driver.applicationName;
          const ways: readonly Way[] = [
            {},
            ...(option ? [{ name: "by-option", settings: { [option]: "by-option" } }] : []),
            ...(urlParameter ? [{ name: "by-url", parameters: { [urlParameter]: "by-url" } }] : []),
            ...environment.map((name) => ({ name: "by-environment", environment: { [name]: "by-environment" } })),
          ];
          const sent: unknown[] = [];
          for (const { settings = {}, parameters = {}, environment = {} } of ways) {
            const app = await stage.application("app", { environment });
            await app.call("open", driver.label, settings, parameters);
            await app.call("askAtOnce", 1);
            sent.push(app.sentName());
          }
          return { ways, sent };
        },
        fault: ({ ways, sent }) => {
          expect(sent).toEqual(ways.map((way) => way.name ?? driver.applicationName.fallback));
        },
      }),
    ),
);

/** How long to wait, in milliseconds, for an end that must come, and for one that must not. */
const crash = 8_000;
const survival = 1_000;

/** One way to give a connection its name. */
interface Way {
  readonly name?: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

function asOptions(settings: readonly OptionSetting[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(settings.map(({ path, value }) => [path, JSON.parse(value)]));
}

function showSettings(driver: Driver): string {
  return (driver.pool.nullPool ?? []).map(({ path, value }) => `\`${path}: ${value}\``).join(", ");
}
