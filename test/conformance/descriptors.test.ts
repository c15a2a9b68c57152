import { describe, expect, test } from "vitest";
import type { Driver, Member, Signature, TypeDescriptor } from "../../server/src/core/driver.ts";
import { driverModules, driverSpecifiers, drivers, generatedModules } from "../../server/src/drivers/index.ts";

const overloads = (member: Member | undefined): readonly Signature[] =>
  member === undefined ? [] : Array.isArray(member) ? member : [member as Signature];

const members = (type: TypeDescriptor) => [
  ...Object.values(type.members ?? {}),
  ...Object.values(type.statics ?? {}),
  ...[type.new, type.call, type.tag, type.dispose, type.anyMember],
];

/** Every name of a type that a descriptor refers to. */
function* references(driver: Driver): Iterable<string> {
  for (const exports of Object.values(driver.modules)) {
    for (const each of Object.values(exports)) {
      if ("class" in each) yield each.class;
      if ("value" in each) yield each.value;
    }
  }
  for (const { handed } of Object.values(driver.options)) {
    for (const type of handed ?? []) if (type !== undefined) yield type;
  }
  for (const type of Object.values(driver.types)) {
    if (type.extends !== undefined) yield type.extends;
    for (const value of [...Object.values(type.properties ?? {}), type.anyProperty ?? []].flat()) {
      yield typeof value === "string" ? value : value.type;
    }
    for (const { returns, calls } of members(type).flatMap(overloads)) {
      if (returns !== undefined) yield typeof returns === "string" ? returns : returns.type;
      for (const { with: values } of calls ?? []) for (const value of values) if (value !== undefined) yield value;
    }
  }
}

/** Every option path that a descriptor speaks of outside its table. */
const optionPaths = ({ pool, applicationName, dialect, sends, startupDefaults }: Driver) =>
  [
    ...[pool.traps ?? [], pool.nullPool ?? [], pool.boundedIdle ?? []].flat().map(({ path }) => path),
    ...(applicationName.option === undefined ? [] : [applicationName.option]),
    ...(dialect?.option === undefined ? [] : [dialect.option]),
    ...(sends ?? []).flatMap(({ unless }) => unless.map(({ path }) => path)),
    ...Object.keys(startupDefaults ?? {}),
  ] as const;

describe.each(drivers.map((driver) => [driver.label, driver] as const))("%s", (_, driver) => {
  test("refers to types that it has", () => {
    expect([...references(driver)].filter((name) => driver.types[name] === undefined)).toEqual([]);
  });

  test("speaks of options that it lists", () => {
    expect(optionPaths(driver).filter((path) => driver.options[path] === undefined)).toEqual([]);
  });

  test("tries the general overload last", () => {
    for (const type of Object.values(driver.types)) {
      for (const member of members(type)) {
        const general = overloads(member).findIndex(({ when }) => when === undefined);
        if (general >= 0) expect(general).toBe(overloads(member).length - 1);
      }
    }
  });
});

describe("look-ups", () => {
  const names = (found: ReturnType<typeof driverModules>) => found.map(({ driver }) => driver.name);

  test("by package", () => {
    expect(names(driverModules("pg"))).toEqual(["pg"]);
    expect(names(driverModules("@prisma/client/edge"))).toEqual(["prisma"]);
    expect(driverModules("mysql2")).toEqual([]);
    expect(driverModules("drizzle-orm/mysql2")).toEqual([]);
  });

  test("by the path of a generated client", () => {
    expect(names(generatedModules("../generated/prisma/client.js"))).toEqual(["prisma"]);
    expect(generatedModules("./prisma.service")).toEqual([]);
    expect(driverModules("../generated/prisma/client.js")).toEqual([]);
  });

  test("no specifier is a bare pattern", () => {
    expect(driverSpecifiers.filter((each) => each.replace(/[*/]/g, "") === "")).toEqual([]);
  });
});
