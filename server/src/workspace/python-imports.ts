import type { DriverModule } from "../drivers/index.ts";
import { driverModules } from "../drivers/index.ts";
import { type Imports, isOfWord } from "./specifiers.ts";

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
 * The modules that a Python text imports, and whether one of them is a driver's. For `from a import b`, `b` may be a module of
 * its own: both are listed. Words in comments and strings may be taken for an import; that costs a file too many, never a finding.
 */
export const pythonImportsOf = (text: string): Imports => {
  const specifiers = new Set<string>();
  let hasHandle = text.includes("DATABASES") && /^[ \t]*DATABASES\s*[:=]/m.test(text);
  // Every statement has the word, which a search for rare letters finds much faster than a RegExp that looks at each line.
  let end = 0;
  for (let word = text.indexOf("mport"); word >= 0; word = text.indexOf("mport", Math.max(word + 5, end))) {
    const start = startOfLine(text, word, end);
    importing.lastIndex = start ?? 0;
    const match = start === undefined ? null : importing.exec(text);
    end = match ? importing.lastIndex : word;
    if (!match) continue;
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
  /[ \t]*(?:from[ \t]+(\.*[ \t]*[\w.]*)[ \t]+import[ \t]*(\([^)]*\)|(?:[^\n#;\\]|\\\r?\n)*)|import[ \t]+([\w.][^\n#;]*))/y;

/** Where the line of a word begins; undefined where something stands before it that no import has, or where the line was looked at before. */
const startOfLine = (text: string, word: number, looked: number): number | undefined => {
  let at = word;
  for (; at > looked; at--) {
    const before = text.charCodeAt(at - 1);
    if (before === 10 || before === 13) return at;
    const isOfImport = before === 32 || before === 9 || before === 46 || isOfWord(before);
    if (!isOfImport) return undefined;
  }
  return at === 0 ? 0 : undefined;
};

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
