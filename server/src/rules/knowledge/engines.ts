import type { Driver } from "../../core/driver.ts";
import type { Option, Pool } from "../../core/model.ts";
import { optionAt, optionFor } from "./options.ts";

const drivers = new Set(["sqlalchemy", "flask-sqlalchemy"]);

/** Prefixes under which an engine's arguments may stand, Flask's settings included. */
const prefixes = ["", "engine_options.", "SQLALCHEMY_ENGINE_OPTIONS."];

/** SQLAlchemy, and what is built on it. */
export const isEngineDriver = ({ name }: Driver): boolean => drivers.has(name);

/** An engine of SQLAlchemy, Flask-SQLAlchemy's and SQLModel's included. */
export const isEngine = (pool: Pool): boolean =>
  drivers.has(pool.driver.name) && pool.role === "pool" && pool.via === "opens";

/** An argument of `create_engine()`, wherever it is written. */
export const engineOption = (pool: Pool, name: string): Option | undefined => {
  for (const prefix of prefixes) {
    const option = optionAt(pool, prefix + name);
    if (option) return option;
  }
  return undefined;
};

/** The function that hands the engine its connections: options of a connection and what it does with statements are decided there. */
export const creatorOf = (pool: Pool): Option | undefined =>
  engineOption(pool, "creator") ?? engineOption(pool, "async_creator");

/** Where an argument of the engine is written, or would be: beside what is there already. */
export const enginePath = (pool: Pool, name: string): string => {
  if (pool.driver.name === "sqlalchemy") return name;
  const written = prefixes.find((prefix) => prefix !== "" && pool.options.sites[prefix.slice(0, -1)] !== undefined);
  return (written ?? "engine_options.") + name;
};

export const isAsync = (pool: Pool): boolean =>
  pool.type === "AsyncEngine" || /\+(?:asyncpg|psycopg_async|aiopg)$/.test(pool.url?.scheme ?? "");

export const usesAsyncpg = (pool: Pool): boolean => pool.url?.scheme?.endsWith("+asyncpg") === true;

/** The class that is handed over as `poolclass`, by its name; `default` where none is, undefined where it is not known. */
export function poolClassOf(pool: Pool): string | undefined {
  const option = engineOption(pool, "poolclass");
  // A misspelt one is told by another rule.
  const misspelt = engineOption(pool, "pool_class") ?? pool.url?.parameters.poolclass;
  if (!option) return pool.options.complete && misspelt === undefined ? "default" : undefined;
  const { value } = option;
  return value.kind === "constant" && typeof value.value === "string" ? value.value.split(".").at(-1) : undefined;
}

/** Pools that keep their connections. */
export const keepsConnections = new Set([
  "default",
  "QueuePool",
  "AsyncAdaptedQueuePool",
  "FallbackAsyncAdaptedQueuePool",
]);

/** An engine that keeps nothing, or asks before it uses what it kept, does not mind who closed it. */
export function survivesIdle(pool: Pool): boolean {
  if (!isEngine(pool)) return false;
  const poolClass = poolClassOf(pool);
  const ping = engineOption(pool, "pool_pre_ping")?.value;
  return (
    poolClass === undefined || !keepsConnections.has(poolClass) || (ping?.kind === "constant" && ping.value === true)
  );
}

/** `pool_recycle` is all that an engine knows of time: a connection is as idle as it is old. */
export const idleOption = (pool: Pool): Option | undefined =>
  optionFor(pool, "idle") ?? (isEngine(pool) ? optionFor(pool, "lifetime") : undefined);
