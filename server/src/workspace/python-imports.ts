import type { DriverModule } from "../drivers/index.ts";
import { driverModules } from "../drivers/index.ts";
import type { Imports } from "./specifiers.ts";

/**
 * Packages that bring a handle to a Python file, or that say that one is near. Those that have a driver are looked at name by name; the others
 * matter to the project's settings and tasks.
 */
const packages: ReadonlySet<string> = new Set([
  "psycopg2",
  "psycopg2cffi",
  "psycopg",
  "psycopg_pool",
  "asyncpg",
  "sqlalchemy",
  "sqlmodel",
  "flask_sqlalchemy",
  "flask_sqlalchemy_lite",
  "django",
  "alembic",
  "aiopg",
  "tortoise",
  "peewee",
  "playhouse",
  "databases",
  "oracledb",
]);

/** Of these, only parts have to do with connections: models and columns are most of what is imported. */
const partly: Readonly<Record<string, RegExp>> = {
  django: /^django\.db(?!\.models|\.migrations)/,
  sqlalchemy:
    /^sqlalchemy(?:\.(?:create_engine|create_async_engine|engine|engine_from_config|pool|event|ext\.asyncio|ext\.automap|orm|future|exc|text|NullPool|QueuePool|StaticPool|Engine|Connection|URL|make_url|Session|\*)(?:\.|$)|$)/,
};

/** Names of SQLAlchemy's that come with models, not with connections. */
const declarative =
  /^sqlalchemy\.orm\.(?:DeclarativeBase|Mapped|mapped_column|relationship|declarative_base|backref|declared_attr|validates|foreign|remote|column_property|deferred|registry|reconstructor|synonym|MappedAsDataclass|DeclarativeMeta|InstrumentedAttribute|RelationshipProperty|object_session|configure_mappers|composite|class_mapper|attributes|joinedload|selectinload|contains_eager|aliased|load_only|Query)$/;

/**
 * One pass over a Python text: the modules that it imports, and whether one of them is a driver's. For `from a import b`, `b` may be a module of
 * its own: both are listed. Words in comments and strings may be taken for an import; that costs a file too many, never a finding.
 */
export const pythonImportsOf = (text: string): Imports => {
  const specifiers = new Set<string>();
  let hasHandle = /^DATABASES\s*[:=]/m.test(text);
  importing.lastIndex = 0;
  for (let match = importing.exec(text); match; match = importing.exec(text)) {
    const [, module, list, plain] = match;
    if (module !== undefined) {
      specifiers.add(module);
      for (const name of namesIn(list ?? "")) {
        const full = module.endsWith(".") ? module + name : `${module}.${name}`;
        if (name !== "*") specifiers.add(full);
        hasHandle ||= brings(module, name);
      }
      continue;
    }
    for (const path of namesIn(plain ?? "")) {
      specifiers.add(path);
      hasHandle ||= brings(path, undefined);
    }
  }
  return { specifiers: [...specifiers], hasHandle };
};

const importing =
  /^[ \t]*(?:from[ \t]+(\.*[ \t]*[\w.]*)[ \t]+import[ \t]*(\([^)]*\)|(?:[^\n#;\\]|\\\r?\n)*)|import[ \t]+([\w.][^\n#;]*))/gm;

/** The names of a list, without what they are called here. */
const namesIn = (list: string): readonly string[] =>
  list
    .replace(/#[^\n]*/g, "")
    .split(",")
    .flatMap((part) => /[\w.*]+/.exec(part.replace(/[()\\]/g, " "))?.[0] ?? []);

function brings(module: string, name: string | undefined): boolean {
  const top = module.split(".", 1)[0]!;
  if (!packages.has(top)) return false;
  const full = name === undefined ? module : `${module}.${name}`;
  const modules = driverModules(module, "python");
  if (name !== undefined && modules.some((one) => gives(one, name))) return true;
  return (partly[top] ?? /^/).test(full) && !declarative.test(full);
}

const gives = ({ driver, exports }: DriverModule, name: string): boolean =>
  name === "*" ||
  Object.hasOwn(exports, name) ||
  Object.values(driver.types).some(({ names }) => names?.includes(name));
