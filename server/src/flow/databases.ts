import type { Driver } from "../core/driver.ts";
import type { Pool } from "../core/model.ts";
import { handleSlots } from "./inside-slots.ts";
import type { FileNode } from "./program.ts";
import { callsThat } from "./rare-calls.ts";
import { definition } from "./text.ts";
import type { HandleValue, Site } from "./values.ts";

/** Tells whether two handles lead to the same database: only then one waits for the other's connection. */
export class Databases {
  private readonly sole = new Map<string, Pool | "none" | "several">();

  constructor(
    private readonly pools: ReadonlyMap<Site, Pool>,
    /** The pools that models were told to run on, where code says so. */
    private readonly told: ReadonlySet<Pool> = new Set(),
  ) {}

  /** Whether a pool, or a view of one, and the pool under a transaction are certainly of one database. */
  same(a: HandleValue, b: HandleValue): boolean {
    const [one, other] = [this.identity(a), this.identity(b)];
    if (one.top.site === other.top.site) return one.pool?.lifetime.kind !== "per call";
    const [mine, theirs] = [one.pool ?? this.only(one.top.driver), other.pool ?? this.only(other.top.driver)];
    if (mine === "several" || theirs === "several") return false;
    if (mine !== "none" && theirs !== "none") return isSamePool(mine, theirs);
    // Neither is in sight: what a container injects under one type is one thing; two of one type side by side are two.
    if (mine !== "none" || theirs !== "none" || family(one.top.driver) !== family(other.top.driver)) return false;
    return one.top.type !== other.top.type || one.top.site.place.path !== other.top.site.place.path;
  }

  /** Whether the models of a library run on the pool under a transaction. */
  bound(driver: Driver, root: HandleValue): boolean {
    if (family(driver) !== family(root.driver)) return false;
    const { pool } = this.identity(root);
    const told = [...this.told].filter((one) => family(one.driver) === family(driver));
    if (pool !== undefined && told.length > 0) return told.every((one) => isSamePool(innermost(one), pool));
    return this.only(root.driver) !== "several";
  }

  private identity(handle: HandleValue): { readonly top: HandleValue; readonly pool?: Pool } {
    let top = handle;
    let pool = this.pools.get(top.site);
    for (let depth = 0; top.site.parent !== undefined && depth < 8; depth++) {
      top = top.site.parent;
      pool = this.pools.get(top.site) ?? pool;
    }
    return pool === undefined ? { top } : { top, pool: innermost(pool) };
  }

  /** The one pool of a library that an application has. */
  private only(driver: Driver): Pool | "none" | "several" {
    const name = family(driver);
    let found = this.sole.get(name);
    if (found === undefined) {
      const all = new Set(
        [...this.pools.values()]
          .filter((pool) => family(pool.driver) === name && pool.context === "application" && pool.postgres !== "no")
          .map(innermost),
      );
      const [first] = all;
      found = first === undefined ? "none" : [...all].every((pool) => isSamePool(pool, first)) ? first : "several";
      this.sole.set(name, found);
    }
    return found;
  }
}

/** The pools that models are bound to: `User.init(fields, { sequelize })`. A read replica beside them has none. */
export function poolsOfModels(files: Iterable<FileNode>, pools: ReadonlyMap<Site, Pool>): ReadonlySet<Pool> {
  const found = new Set<Pool>();
  for (const file of files) {
    for (const { each, call, one } of callsThat(file, "wraps")) {
      if (one.name !== "init" || one.receiver !== undefined) continue;
      for (const effect of one.effects) {
        if (effect.does !== "wraps") continue;
        for (const { register, property } of handleSlots(call, effect.handle)) {
          const literal = definition(each, register);
          const entry =
            literal?.op === "object"
              ? literal.entries.find(({ key }) => key !== undefined && key === property)
              : undefined;
          for (const value of each.registers[entry?.value ?? -1] ?? []) {
            const pool = value.kind === "handle" ? pools.get(value.site) : undefined;
            if (pool !== undefined) found.add(pool);
          }
        }
      }
    }
  }
  return found;
}

/** Objection runs on the knex that it is given. */
const family = ({ name }: Driver): string => (name === "objection" ? "knex" : name);

function innermost(pool: Pool): Pool {
  let at = pool;
  for (let depth = 0; at.inner !== undefined && depth < 5; depth++) at = at.inner;
  return at;
}

function isSamePool(a: Pool, b: Pool): boolean {
  if (a === b) return true;
  const [one, other] = [target(a), target(b)];
  return one !== undefined && one === other;
}

/** What a pool is pointed at, in words that compare. */
function target({ url, options, driver }: Pool): string | undefined {
  if (url === undefined) {
    // Everything comes from the environment (`PGHOST`), or from the schema.
    return options.entries.length === 0 && options.complete ? `environment of ${driver.name}` : undefined;
  }
  if (url.environment !== undefined) return `$${url.environment}`;
  if (url.host === undefined || url.database === undefined || !url.complete) return undefined;
  return `${url.host}:${url.port ?? ""}/${url.database}`;
}
