import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Driver, TypeDescriptor } from "../../server/src/core/driver.ts";
import { pythonDrivers } from "../../server/src/drivers/python/index.ts";

/** The system's Python, whose packages are apt's: python3-sqlalchemy, -psycopg2, -psycopg, -psycopg-pool, -asyncpg, -django, -flask-sqlalchemy. */
const python = "/usr/bin/python3";
const script = fileURLToPath(new URL("python-names.py", import.meta.url));

/** What other versions have than the one that a distribution ships, with the version. */
const ofOtherVersions: readonly (readonly [RegExp, string])[] = [
  [/^sqlalchemy\.(?:Engine|Connection|\w*Pool)$/, "2.0"],
  [/^sqlalchemy\.(?:\w+\.)*(?:async_sessionmaker|async_engine_from_config)$/, "2.0"],
  [/\.FallbackAsyncAdaptedQueuePool$/, "1.4 to 2.0"],
  [/\.(?:Async)?(?:Session|Connection)\.(?:get_one|commit|rollback)$/, "2.0"],
  [/\.AsyncSession\.add_all$/, "1.4 and later, by a proxy"],
  [/^asyncpg(?:\.\w+)?\.(?:Pool|Connection)\.fetchmany$/, "0.30"],
];

/** What one descriptor says of several classes: of the form for asyncio and the other, of SQLModel's session, of an abstract class and its heirs; and what `__getattr__` finds. */
const ofOtherForms =
  /\.(?:__a?enter__|(?:Async)?(?:Session|Connection)\.(?:exec|scalars|stream|stream_scalars|run_sync)|AbstractConnectionPool\.\w+|SQLAlchemy\.text)$/;

const isOfOtherVersion = (name: string): boolean =>
  ofOtherForms.test(name) || ofOtherVersions.some(([names]) => names.test(name));

interface Asked {
  readonly modules: Record<string, string[]>;
  readonly members: [string, string, string[]][];
}

function namesOf(driver: Driver): Asked {
  const modules: Record<string, string[]> = {};
  const members: [string, string, string[]][] = [];
  for (const [module, exports] of Object.entries(driver.modules)) {
    modules[module] = Object.keys(exports);
    for (const [name, each] of Object.entries(exports)) {
      const type = "class" in each ? driver.types[each.class] : undefined;
      if (type) members.push([module, name, Object.keys(membersOf(type))]);
    }
  }
  return { modules, members };
}

const membersOf = ({ members, statics }: TypeDescriptor): Readonly<Record<string, unknown>> => ({
  ...members,
  ...statics,
});

function ask(asked: Asked): { readonly missing: readonly string[]; readonly absent: readonly string[] } {
  const { stdout, stderr, status } = spawnSync(python, [script], { input: JSON.stringify(asked), encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe.skipIf(!existsSync(python))("Python's drivers name what the packages have", () => {
  for (const driver of pythonDrivers) {
    const asked = namesOf(driver);
    const roots = [...new Set(Object.keys(asked.modules).map((name) => name.split(".")[0]!))];
    const { absent } = existsSync(python)
      ? ask({ modules: Object.fromEntries(roots.map((name) => [name, []])), members: [] })
      : { absent: roots };
    test.skipIf(absent.length === roots.length)(
      `${driver.name}${absent.length > 0 ? ` (without ${absent.join(", ")})` : ""}`,
      () => {
        const { missing } = ask(asked);
        expect(missing.filter((name) => !isOfOtherVersion(name))).toEqual([]);
      },
    );
  }

  test("a name that is not there is told", () => {
    const { missing, absent } = ask({
      modules: { json: ["dumps", "dump_all"], "no_such_package.x": [] },
      members: [["json", "JSONDecoder", ["decode", "undo"]]],
    });
    expect(missing).toEqual(["json.dump_all", "json.JSONDecoder.undo"]);
    expect(absent).toEqual(["no_such_package.x"]);
  });
});
