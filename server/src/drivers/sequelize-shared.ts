import type { ExportDescriptor, OptionDescriptor } from "../core/driver.ts";

/** Options of the pool, in both versions. */
export const poolOptions: Readonly<Record<string, OptionDescriptor>> = {
  "pool.max": { means: "max" },
  "pool.min": { means: "min" },
  "pool.idle": { means: "idle", unit: "ms" },
  "pool.evict": { means: "reap", unit: "ms" },
  "pool.acquire": { means: "acquire timeout", unit: "ms" },
  "pool.maxUses": { means: "max uses" },
  "pool.validate": { means: "client side" },
};

/** What both versions export. */
export const names = {
  Sequelize: { class: "Sequelize" },
  Model: { class: "Model" },
  Transaction: { class: "Transaction" },
} as const satisfies Readonly<Record<string, ExportDescriptor>>;

/** Facts E1, E2 and E3. */
export const behaviour = {
  defaults: { max: 5, min: 0, idle: 10_000, lifetime: "never", acquireTimeout: 60_000 },
  traps: [{ path: "pool.idle", value: 0, says: "means 30 seconds, not at once" }],
  // `maxUses: 1` alone now and then leaves a client behind: sequelize-pool may open one connection too many; this pair leaves none.
  nullPool: [
    { path: "pool.idle", value: "1" },
    { path: "pool.evict", value: "1" },
  ],
  boundedIdle: [
    { path: "pool.min", value: "0" },
    { path: "pool.idle", value: "10000" },
  ],
  exitsOnIdleClose: false,
  reconnects: true,
} as const;
