import type { Driver } from "../core/driver.ts";
import type { Known, Pool, PoolOptions, Tristate, UrlFacts } from "../core/model.ts";
import { driverModules } from "../drivers/index.ts";
import type { PoolSurroundings } from "./pool-surroundings.ts";
import type { FileNode, FunctionNode } from "./program.ts";
import type { HandleValue } from "./values.ts";

/** Whether it is PostgreSQL: what the options say, else the URL, else the packages beside it. */
export function isPostgres(
  around: PoolSurroundings,
  driver: Driver,
  options: PoolOptions,
  url: UrlFacts | undefined,
  each: FunctionNode,
  handle: HandleValue,
  inner: Pool | undefined,
): Tristate {
  for (
    let parent = handle.site.parent, depth = 0;
    parent !== undefined && depth < 5;
    parent = parent.site.parent, depth++
  ) {
    if (parent.descriptor.foreign === true) return "no";
  }
  if (inner !== undefined) return inner.postgres;
  const { dialect } = driver;
  if (dialect === undefined)
    return handle.site.kind === "wraps" && handle.site.parent === undefined ? "unknown" : "yes";
  const told = options.entries.findLast((entry) => entry.path === dialect.option || entry.means === "dialect");
  const verdict = told === undefined ? undefined : dialectOf(told.value, dialect.postgres);
  if (verdict !== undefined) return verdict;
  if (url?.scheme !== undefined) return dialect.schemes.includes(url.scheme) ? "yes" : "no";
  if (namesAnother(each)) return "unknown";
  const packages = around.dependencies(each.file.path);
  const some = dialect.packages.some((one) => packages.has(one));
  const others = [
    "mysql",
    "mysql2",
    "sqlite3",
    "better-sqlite3",
    "tedious",
    "mssql",
    "oracledb",
    "mariadb",
    "libsql",
    "@libsql/client",
  ];
  if (some && !others.some((one) => packages.has(one))) return "yes";
  return "unknown";
}

/** `sqlite_store.py`, `class SqliteStore`, `def open_sqlite()`: whatever the packages of the project are, this engine is for something else. */
function namesAnother({ file, facts }: FunctionNode): boolean {
  const owner = facts.class === undefined ? undefined : file.facts.classes[facts.class]?.name;
  const names = [file.path.slice(file.path.lastIndexOf("/") + 1), owner, facts.name];
  return names.some((name) => name !== undefined && /sqlite|mysql|mariadb|mssql|sqlserver|oracle/i.test(name));
}

function dialectOf(value: Known, postgres: readonly string[]): Tristate | undefined {
  switch (value.kind) {
    case "constant":
      return typeof value.value !== "string" ? undefined : postgres.includes(value.value) ? "yes" : "no";
    case "either": {
      const verdicts = value.of.map((one) => dialectOf(one, postgres));
      if (verdicts.every((one) => one === "no")) return "no";
      return verdicts.every((one) => one === "yes") ? "yes" : "unknown";
    }
    case "environment":
      return value.fallback === undefined
        ? "unknown"
        : dialectOf(value.fallback, postgres) === "yes"
          ? "yes"
          : "unknown";
    default:
      return undefined;
  }
}

const others =
  /^(?:aiomysql|asyncmy|pymysql|MySQLdb|mysql|sqlite3|aiosqlite|oracledb|cx_Oracle|pyodbc|aioodbc|asyncodbc|pymssql|duckdb|clickhouse_connect|clickhouse_driver|snowflake)\b/;

/**
 * Python: a file that imports the driver of another database, and none that speaks to PostgreSQL alone. A handle of such a one that it has from a class
 * which files of several databases share is not what it has there.
 */
export const speaksToAnother = ({ facts: { language, imports } }: FileNode): boolean =>
  language === "python" &&
  imports.some(({ specifier }) => others.test(specifier)) &&
  imports.every(({ specifier }) =>
    driverModules(specifier, "python").every(({ driver }) => driver.dialect !== undefined),
  );
