import { beforeAll, describe, expect, test } from "vitest";
import type { Driver, TypeDescriptor } from "../../server/src/core/driver.ts";
import { drivers } from "../../server/src/drivers/index.ts";
import { pg } from "../../server/src/drivers/pg.ts";
import { check, type Plan, plan } from "./check.ts";
import { install } from "./install.ts";
import { compile, folders, type Types } from "./program.ts";
import { subjects } from "./subjects.ts";

/** The core package of MikroORM is a driver of its own under the same label. */
const key = ({ label, modules }: Driver) => (modules["@mikro-orm/core"] === undefined ? label : `${label} core`);

const plans = new Map<string, Plan>();
const checked = new Set<TypeDescriptor>();
for (const driver of drivers) {
  const subject = subjects[key(driver)] ?? {};
  plans.set(key(driver), plan(driver, subject, subject.own ? new Set() : new Set(checked)));
  for (const type of Object.values(driver.types)) checked.add(type);
}

const { Pool } = pg.types;

/** Mistakes in a descriptor, and what the check has to say to each. */
const planted: Readonly<Record<string, { readonly driver: Partial<Driver>; readonly says: string }>> = {
  "a member": {
    driver: { types: { ...pg.types, Pool: { ...Pool, role: "pool", members: { conect: {} } } } },
    says: "Pool.conect: no such member",
  },
  "an option": { driver: { options: { idleTimeoutMilis: { means: "idle" } } }, says: "option idleTimeoutMilis" },
  "an exported name": { driver: { modules: { pg: { Poool: { class: "Pool" } } } }, says: "pg.Poool" },
  "a module": { driver: { modules: { "pg-pol": { Pool: { class: "Pool" } } } }, says: "pg-pol.Pool" },
  "an annotation": {
    driver: { types: { ...pg.types, PoolClient: { role: "session", names: ["PoolClinet"] } } },
    says: "type PoolClinet",
  },
  "a property of an argument": {
    driver: {
      types: {
        ...pg.types,
        Pool: {
          role: "pool",
          members: { query: { effects: [{ does: "runs", sql: { argument: 0, property: "txt" } }] } },
        },
      },
    },
    says: "Pool.query: argument 0 has no property `txt`",
  },
  "the index of an argument": {
    driver: {
      types: {
        ...pg.types,
        Pool: { role: "pool", members: { end: { effects: [{ does: "listens", channel: { argument: 3 } }] } } },
      },
    },
    says: "Pool.end: no signature has argument 3",
  },
  "a callback": {
    driver: {
      types: {
        ...pg.types,
        Client: { role: "session", members: { query: { calls: [{ callback: { argument: 0 }, with: [] }] } } },
      },
    },
    says: "Client.query: argument 0 is never a function",
  },
  "what a call returns": {
    driver: { types: { ...pg.types, Pool: { role: "pool", members: { end: { returns: "PoolClient" } } } } },
    says: "Pool.end: what it returns is no PoolClient",
  },
};

const mistaken = new Map(
  Object.entries(planted).map(([name, { driver }]) => [
    name,
    plan({ ...pg, ...driver }, subjects[pg.label] ?? {}, new Set()),
  ]),
);

let types: Types;
beforeAll(() => {
  for (const folder of Object.values(folders)) install(folder);
  const all = [...plans.values(), ...mistaken.values()];
  types = compile(
    new Set(all.flatMap(({ expressions }) => expressions)),
    new Set(all.filter(({ subject }) => subject.older).flatMap(({ expressions }) => expressions)),
  );
}, 300_000);

const faultsOf = (each: Plan | undefined) => (each === undefined ? ["no such driver"] : check(each, types));

describe("every symbol and option that a driver names is in the real package", () => {
  test.each([...plans.keys()])("%s", (name) => {
    expect(faultsOf(plans.get(name)).join("\n")).toBe("");
  });
});

describe("a mistake in a descriptor is found", () => {
  test.each(Object.entries(planted))("%s", (name, { says }) => {
    expect(faultsOf(mistaken.get(name)).filter((fault) => fault.startsWith(says))).toHaveLength(1);
  });
});
