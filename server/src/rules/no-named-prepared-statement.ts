import type { Driver, OptionDescriptor, PackageVersion } from "../core/driver.ts";
import { addQueryParameter, removeProperty, replace } from "../core/edit.ts";
import type { Model, Option, Pool, PreparedStatement } from "../core/model.ts";
import type { Edit, Fix, Report, Rule } from "../core/rule.ts";
import { contains, slice } from "../core/text.ts";
import { dotted } from "../core/version.ts";
import { creatorOf, enginePath, poolClassOf } from "./knowledge/engines.ts";
import { poolLabel, removeOption, setOptions, sourceOf } from "./knowledge/options.ts";
import { type Loss, lossOf } from "./knowledge/prepared.ts";
import { poolerName } from "./knowledge/verdict.ts";

export const noNamedPreparedStatement: Rule = {
  name: "no-named-prepared-statement",
  summary: "A prepared statement has a name that only one server connection knows.",
  why: `A named statement of the protocol lives on the server connection where it was prepared. In transaction mode the next run may get another
connection, which answers \`prepared statement "get-item" does not exist\`; the next client that prepares it on the first one gets
\`already exists\`. Two programs that give one name to different texts get each other's rows without any error, and postgres.js waits for ever
or returns nothing. One process on an idle server never shows it: tests pass, production fails.

node-postgres, Knex, Sequelize, TypeORM, Drizzle over pg, Kysely, Slonik, pg-promise, MikroORM and Prisma 7 name no statement unless they
are told to. postgres.js names all of them, and so does Prisma up to version 6. In Python psycopg2 names none; psycopg 3 names a statement that has
run five times (\`prepare_threshold=0\`: at once, \`None\`: never); asyncpg names all, and SQLAlchemy on asyncpg keeps a cache of its own on top, so
that both \`statement_cache_size\` and \`prepared_statement_cache_size\` have to be 0 (from asyncpg 0.29 on the first is enough; before it both do not help,
because the dialect prepares each statement and asyncpg names what is prepared). In the URL's query the
first is no number and the second does not help alone. Names that are unique (\`prepared_statement_name_func\`) pile up on the servers.

Leave the name out, or switch the names off: \`prepare: false\` for postgres.js, \`?pgbouncer=true\` for Prisma up to 6. PgBouncer keeps
the statements of each client itself from version 1.21 on, with \`max_prepared_statements\` above 0 (the default is 200 from 1.24): then
there is nothing to change. In session mode a client keeps its server connection, and its statements.

The rule does not see names that come from outside of the workspace, nor what a URL in an unknown environment variable switches off.`,
  group: "pools",
  severity: "error",
  fix: "both",
  dependsOn: ["kind", "mode", "version", "maxPreparedStatements"],
  *check(model) {
    for (const pool of model.pools) {
      if (pool.postgres !== "yes" || pool.context === "test" || pool.statements.named !== "yes") continue;
      // What a wrapper sends is decided where its pool is opened, unless it was told to name statements itself.
      if (pool.via === "wraps" && pool.statements === pool.inner?.statements) continue;
      if (creatorOf(pool)) continue;
      // A URL in sight is somebody's own machine, unless a pooler is in sight too; the switch stands in the URL that is deployed.
      if (pool.profile.kind.strength === "assumed" && !hasSwitch(pool)) continue;
      if (isNameless(model, pool)) continue;
      const loss = lossOf(pool.profile, pool.statements.below ?? pool.driver, (name) =>
        model.packageVersion(pool.place.path, name),
      );
      if (loss) yield byPool(model, pool, loss);
    }
    for (const statement of model.prepared) {
      if (statement.context === "test") continue;
      const loss = lossOf(statement.profile, statement.driver);
      if (loss) yield byCode(model, statement, loss);
    }
  },
};

/** An option of the library decides, not its URL alone. */
const hasSwitch = ({ driver, statements }: Pool): boolean =>
  statements.option !== undefined || statements.below !== undefined || Object.values(driver.options).some(isSwitch);

/** `prepared_statement_name_func=lambda: ""`: the empty name is none. */
const isNameless = (model: Model, { statements: { option } }: Pool): boolean =>
  option?.means === "statement name" &&
  /^lambda\s*:\s*(?:""|'')$/.test(slice(model.text(option.place.path), option.valueSpan));

function byPool(model: Model, pool: Pool, loss: Loss): Report {
  const { severity, because } = loss;
  const { option, below, until } = pool.statements;
  if (until && option?.means !== "statement name") return outdated(model, pool, until, loss);
  if (option?.means === "statement name" && below && poolClassOf(pool) === "NullPool")
    return orphans(model, pool, option, because);
  const subject =
    below && option?.means !== "statement name"
      ? `\`${poolLabel(model, pool)}\` lets ${below.label} give ${named(pool)}`
      : option?.means === "statement name"
        ? `\`${option.path.split(".").at(-1)}\` gives every statement a name`
        : isSchema(pool)
          ? `${pool.driver.label}'s engine gives every statement a name`
          : `\`${poolLabel(model, pool)}\` gives ${named(pool)}`;
  const place =
    option?.from === "object" ? option.place : isSchema(pool) ? (pool.url?.literal ?? pool.place) : pool.place;
  return {
    place,
    severity,
    message: `${subject} that one server connection alone knows: ${poolerName(pool.profile)} sends the next run to another, where it fails, hangs or returns nothing ${because}.`,
    related: place === pool.place || isSchema(pool) ? [] : [{ place: pool.place, message: openedHere(pool) }],
    fixes: offered(pool.profile, "Send unnamed statements", unnamed(model, pool, option)),
  };
}

/** SQLAlchemy's recipe for asyncpg: names that nobody else has, and a connection for each use. */
const orphans = (model: Model, pool: Pool, option: Option, because: string): Report => ({
  place: option.place,
  severity: "warning",
  message: `\`${option.path.split(".").at(-1)}\` leaves its statements behind on the server connections, where nobody uses or frees them: they pile up ${because}.`,
  related: [{ place: pool.place, message: "The engine is made here." }],
  fixes: offered(pool.profile, "Send unnamed statements", unnamed(model, pool, option)),
});

/** The driver is too old to mind its settings. */
function outdated(model: Model, pool: Pool, { package: name, version }: PackageVersion, loss: Loss): Report {
  const { option } = pool.statements;
  const place = option?.from === "object" ? option.place : pool.place;
  const own = dotted(model.packageVersion(pool.place.path, name) ?? []);
  return {
    place,
    // What is asked for is the least version: a newer one may be what is installed.
    severity: loss.severity === "error" ? "warning" : loss.severity,
    message: `${name} ${own}, which the project allows, gives every statement a name even with its caches off (${dotted(version)} does not): ${poolerName(pool.profile)} sends the next run to another server connection, where it fails ${loss.because}.`,
    related: place === pool.place ? [] : [{ place: pool.place, message: openedHere(pool) }],
  };
}

const openedHere = ({ role }: Pool): string => `The ${role === "session" ? "connection" : "pool"} is opened here.`;

/** psycopg waits until a statement has run some times; `prepare_threshold=0` does not. */
function named({ driver, statements: { option, below } }: Pool): string {
  const { namesAfter } = below ?? driver;
  const given = option?.value.kind === "constant" ? option.value.value : namesAfter;
  const runs = namesAfter === undefined || typeof given !== "number" ? 0 : given;
  return runs > 0
    ? `each statement that has run ${runs === 1 ? "once" : `${runs} times`} a name`
    : "every statement a name";
}

function byCode(model: Model, statement: PreparedStatement, { severity, because }: Loss): Report {
  const { place, name, profile } = statement;
  const called = name === undefined ? "The named statement" : `The statement \`${name}\``;
  const others = model.prepared.filter((other) => isOtherText(statement, other));
  return {
    place,
    severity,
    message: `${called} exists on one server connection alone: ${poolerName(profile)} sends the next run to another, where it does not exist, or exists already for somebody else ${because}.`,
    related: others.map((other) => ({
      place: other.place,
      message: `\`${name}\` is another text here: whoever meets the other one gets its rows.`,
    })),
    fixes: offered(profile, "Send it without a name", withoutName(model, statement)),
  };
}

const isSchema = (pool: Pool): boolean => pool.place.path.endsWith(".prisma");

const isOtherText = (one: PreparedStatement, other: PreparedStatement): boolean =>
  one !== other &&
  one.name !== undefined &&
  one.name === other.name &&
  one.text !== undefined &&
  other.text !== undefined &&
  one.text.join("?") !== other.text.join("?");

/** Nothing is lost by it where the pooler is known to lose the names anyway. */
function offered({ mode }: Pool["profile"], title: string, edits: readonly Edit[] | undefined): Fix[] {
  if (!edits || edits.length === 0) return [];
  return [{ title, safety: mode.strength === "stated" ? "safe" : "suggestion", edits }];
}

function unnamed(model: Model, pool: Pool, option: Option | undefined): readonly Edit[] | undefined {
  const { below, until } = pool.statements;
  if (until) return undefined;
  if (below) {
    const settings = below.unnamed.map(({ path, value }) => ({ path: enginePath(pool, path), value }));
    return setOptions(model, pool, settings, option?.means === "statement name" ? option : undefined);
  }
  if (option?.means === "statement name") {
    const removal = removeOption(model, pool, option);
    return removal && [removal];
  }
  const { options, urlParameters = {} } = pool.driver;
  const path = Object.keys(options).find((key) => isSwitch(options[key]));
  const off = path === undefined ? undefined : options[path]?.off?.[0];
  if (path !== undefined && off !== undefined) {
    const setting = { path, value: sourceText(off, pool.driver.language) };
    // `no_prepare: false`: the switch that is there goes.
    const instead = option && option.path !== path ? option : undefined;
    return setOptions(model, pool, [setting], instead) ?? besideUrl(model, pool, path);
  }
  const parameter = Object.keys(urlParameters).find((key) => urlParameters[key]?.means === "prepare");
  const value = parameter === undefined ? undefined : urlParameters[parameter]?.off?.[0];
  const { literal } = pool.url ?? {};
  if (!literal || parameter === undefined || value === undefined) return undefined;
  const edit = addQueryParameter(sourceOf(model, literal.path), literal.span, parameter, String(value));
  return edit && [edit];
}

const isSwitch = (option: OptionDescriptor | undefined): boolean =>
  option?.means === "prepare" || option?.means === "statement cache";

const ofPython: Readonly<Record<string, string>> = { null: "None", true: "True", false: "False" };

/** The value as it is written in the code. */
function sourceText(value: string | number | boolean | null, language: Driver["language"]): string {
  const text = JSON.stringify(value);
  return language === "python" ? (ofPython[text] ?? text) : text;
}

/** `drizzle(url)` and `drizzle({ connection: url })`: the URL moves into an object, where the switch has its place. */
function besideUrl(model: Model, pool: Pool, path: string): readonly Edit[] | undefined {
  const [outer, key, ...deeper] = path.split(".");
  const url = pool.options.entries.findLast(({ means, from }) => means === "url" && from !== "url");
  if (!outer || !key || deeper.length > 0 || !url || pool.driver.options[`${outer}.url`]?.means !== "url")
    return undefined;
  const source = sourceOf(model, url.place.path);
  const inner = `{ url: ${slice(source.text, url.valueSpan)}, ${key}: false }`;
  if (url.path === outer) return [replace(source, url.valueSpan, inner)];
  return url.from === "argument" ? [replace(source, url.valueSpan, `{ ${outer}: ${inner} }`)] : undefined;
}

function withoutName(
  model: Model,
  { place, call, driver, member, site }: PreparedStatement,
): readonly Edit[] | undefined {
  const source = sourceOf(model, place.path);
  const callee = slice(source.text, call.calleeSpan);
  if (!site) return driver.name === "drizzle" && member === "prepare" ? [replace(source, place.span, '""')] : undefined;
  const removal = removeProperty(source, site, place.span);
  // pg-promise's class insists on a name; the one without has the same options.
  if (!/\bPreparedStatement$/.test(callee)) return [removal];
  const hasOthers = site.entries.some(
    ({ key }) => key === undefined || !/^(?:name|text|values|binary|rowMode)$/.test(key),
  );
  if (!callee.endsWith(".PreparedStatement") || hasOthers || !contains(call.span, place.span)) return undefined;
  const end = call.calleeSpan.end;
  return [replace(source, { start: end - "PreparedStatement".length, end }, "ParameterizedQuery"), removal];
}
