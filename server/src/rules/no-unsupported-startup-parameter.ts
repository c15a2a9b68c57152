import type { OptionSetting } from "../core/driver.ts";
import { insertBefore } from "../core/edit.ts";
import type { Model, Pool, StartupParameter } from "../core/model.ts";
import type { Edit, Fix, Report, Rule } from "../core/rule.ts";
import { poolLabel, removeOption, setOptions, sourceOf } from "./knowledge/options.ts";
import { becauseOfKind, byKind, byPlace, type Fate, fateOf, roleSetting } from "./knowledge/startup.ts";
import { withoutParameters } from "./knowledge/url.ts";
import { poolerName } from "./knowledge/verdict.ts";

export const noUnsupportedStartupParameter: Rule = {
  name: "no-unsupported-startup-parameter",
  summary: "A connection option goes into the startup message, where the pooler refuses it or drops it.",
  why: `Libraries send some options to the server as they connect: \`statement_timeout\`, \`options: "-c search_path=…"\`, every key of postgres.js's
\`connection\` and every query parameter of its URL that it does not know (\`?pgbouncer=true\`). PgBouncer shares one server connection among
many clients, so it takes only what it can put back for each of them: the encoding, \`DateStyle\`, \`TimeZone\`, \`standard_conforming_strings\`,
\`application_name\`, and \`IntervalStyle\` from version 1.20. Anything else ends the connection with \`unsupported startup parameter\`, in
every pool mode. Slonik sends two timeouts by default and cannot connect at all.

\`ignore_startup_parameters\` makes the error go away and the setting with it: \`SHOW statement_timeout\` says 0.

Set it where it lasts: \`ALTER ROLE app SET statement_timeout = '5s'\`, \`connect_query\` of the database in pgbouncer.ini, or \`SET LOCAL\` in
the transaction. Timeouts of the client side (\`query_timeout\`) are not sent.

The rule does not see options that are put together at run time, and it is silent for poolers that are not PgBouncer.`,
  group: "pools",
  severity: "error",
  fix: "both",
  dependsOn: ["kind", "version", "ignoreStartupParameters"],
  *check(model) {
    const told = new Set<string>();
    for (const pool of model.pools) {
      if (pool.via !== "opens" || pool.postgres !== "yes" || pool.context === "test") continue;
      for (const group of byPlace(pool)) {
        for (const becomes of ["refused", "dropped"] as const) {
          const parameters = group.filter((parameter) => fateOf(pool.profile, parameter)?.becomes === becomes);
          if (parameters.length === 0) continue;
          // A tool with a URL of its own may go past the pooler.
          if (becomes === "dropped" && pool.context === "script" && !hasAddress(pool)) continue;
          const report = becomes === "refused" ? refused(model, pool, parameters) : dropped(model, pool, parameters);
          // Two pools may be opened with one object.
          const key = `${report.place.path} ${report.place.span.start} ${becomes} ${parameters[0]?.from}`;
          if (!told.has(key)) yield report;
          told.add(key);
        }
      }
    }
  },
};

function refused(model: Model, pool: Pool, parameters: readonly StartupParameter[]): Report {
  const { profile } = pool;
  const fate = fateOf(profile, parameters[0]!) as Fate & { readonly becomes: "refused" };
  return {
    ...placed(pool, parameters),
    severity: parameters[0]!.uncertain ? "information" : byKind(profile, "error"),
    message: `${subject(model, pool, parameters)} at connect, and ${poolerName(profile)} refuses ${them(parameters)}: \`${fate.error}\` ${becauseOfKind(profile)}.`,
    fixes: fixes(model, pool, parameters),
  };
}

function dropped(model: Model, pool: Pool, parameters: readonly StartupParameter[]): Report {
  const fate = fateOf(pool.profile, parameters[0]!) as Fate & { readonly becomes: "dropped" };
  const { place } = fate.evidence;
  const base = placed(pool, parameters);
  return {
    ...base,
    severity: parameters[0]!.uncertain ? "information" : "warning",
    message: `${subject(model, pool, parameters)} at connect, and ${poolerName(pool.profile)} drops ${them(parameters)} without a word: PostgreSQL never learns of ${them(parameters)} (${fate.evidence.words}).`,
    related: [...base.related, ...(place ? [{ place, message: "It is dropped because of this line." }] : [])],
    fixes: fixes(model, pool, parameters),
  };
}

const hasAddress = ({ url, options }: Pool): boolean =>
  url?.host !== undefined || url?.environment !== undefined || options.entries.some(({ means }) => means === "host");

/** At the option or the literal URL; what a file of the environment says is told at the pool. */
function placed(pool: Pool, parameters: readonly StartupParameter[]) {
  const { from, place, spelt } = parameters[0]!;
  if (from === "option" || (from === "url" && pool.url?.literal)) return { place, related: [] };
  if (from === "default" || place === pool.place) return { place: pool.place, related: [] };
  return { place: pool.place, related: [{ place, message: `\`${spelt}\` is given here.` }] };
}

function subject(model: Model, pool: Pool, parameters: readonly StartupParameter[]): string {
  const names = list(parameters.map(({ name }) => `\`${name}\``));
  const { from, spelt } = parameters[0]!;
  if (from === "default") return `\`${poolLabel(model, pool)}\` sends ${names} by default`;
  if (from === "environment") return `\`${spelt}\` sends ${names}`;
  if (from === "url") return `The URL sends ${names}`;
  const key = spelt.split(".").at(-1)!;
  const sent = key === parameters[0]!.name ? `${names} is sent` : `\`${key}\` sends ${names}`;
  return parameters[0]!.uncertain ? `Where it is set, ${sent}` : sent;
}

function fixes(model: Model, pool: Pool, parameters: readonly StartupParameter[]): Fix[] {
  const [{ from, option }] = parameters as [StartupParameter];
  if (from === "default") {
    const edits = setOptions(
      model,
      pool,
      parameters.flatMap((each) => switchOff(pool, each.spelt)),
    );
    const title = "Switch the timeouts off that the library sends";
    return edits && edits.length > 0 ? [{ title, safety: "safe", edits }] : [];
  }
  const settings = parameters.map((each) => (isForeign(pool, each) ? "" : roleSetting(each)));
  if (settings.includes(undefined)) return [];
  const lines = settings.filter((line) => line !== "");
  const off = option ? switchOff(pool, option.path) : [];
  const removal =
    off.length > 0
      ? setOptions(model, pool, off)
      : option
        ? removeOption(model, pool, option)
        : withoutParameters(
            model,
            pool,
            parameters.map(({ spelt }) => spelt),
          );
  const place = option?.place ?? pool.url?.literal;
  if (!removal || !place) return [];
  const edits = [removal].flat();
  const title = lines.length === 0 ? "Take it out of the URL" : "Take it out, and note how to set it on the role";
  return [{ title, safety: "suggestion", edits: [...noted(model, place.path, edits, lines), ...edits] }];
}

/** Parameters of Prisma's URLs, which are none of PostgreSQL: nothing is lost with them. */
const prismaParameters = new Set([
  "pgbouncer",
  "connection_limit",
  "pool_timeout",
  "schema",
  "socket_timeout",
  "statement_cache_size",
  "connect_timeout",
]);

const isForeign = (pool: Pool, { from, name }: StartupParameter): boolean =>
  from === "url" && pool.driver.name !== "prisma" && prismaParameters.has(name);

/** The value that keeps the library from sending its default in its place. */
function switchOff(pool: Pool, path: string): OptionSetting[] {
  const word = pool.driver.options[path]?.off?.find((each) => typeof each === "string");
  return pool.driver.startupDefaults?.[path] === undefined || word === undefined ? [] : [{ path, value: `"${word}"` }];
}

/** A comment above the statement, so that the setting is not lost without a word. */
function noted(model: Model, path: string, edits: readonly Edit[], lines: readonly (string | undefined)[]): Edit[] {
  const at = edits[0]?.span.start ?? 0;
  const statement = model.statementAt(path, at);
  if (!statement || lines.length === 0) return [];
  const sign = model.facts(path).language === "python" ? "#" : "//";
  const code = lines.map((line) => `${sign} Set once in the database: ${line}`).join("\n");
  return [insertBefore(sourceOf(model, path), statement.span, code)];
}

const them = (parameters: readonly StartupParameter[]): string => (parameters.length > 1 ? "them" : "it");

const list = (names: readonly string[]): string =>
  names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : (names[0] ?? "");
