import { replace } from "../core/edit.ts";
import type { Known, Model, Option, Pool } from "../core/model.ts";
import type { Fix, Report, Rule } from "../core/rule.ts";
import { slice } from "../core/text.ts";
import { misplacedName, uniquePart } from "./knowledge/application-name.ts";
import { engineOption, enginePath, isEngine, usesAsyncpg } from "./knowledge/engines.ts";
import { literal, optionAt, optionFor, setOptions, sourceOf } from "./knowledge/options.ts";
import { withoutParameters } from "./knowledge/url.ts";

/** NAMEDATALEN - 1 of a standard build of PostgreSQL. */
const longest = 63;

export const noInvalidApplicationName: Rule = {
  name: "no-invalid-application-name",
  summary: "The `application_name` is cut off, ignored by the library, or another one in every process.",
  why: `PostgreSQL cuts \`application_name\` after 63 bytes. A library reads it in one place only: anywhere else it is ignored, and the connection
stays unnamed. A name with a process id, a UUID or a time in it is another one after every restart: it cannot be grouped in
\`pg_stat_activity\` or \`SHOW CLIENTS\`, and monitoring that counts by name grows without end. A host name is fine.

The rule does not see names that are put together in another module.`,
  group: "pools",
  severity: "warning",
  fix: "both",
  dependsOn: [],
  *check(model) {
    for (const pool of model.pools) {
      if (pool.via !== "opens" || pool.postgres !== "yes" || pool.context === "test") continue;
      const refused = refusedByAsyncpg(model, pool);
      if (refused) {
        yield refused;
        continue;
      }
      const misplaced = misplacedName(pool);
      if (misplaced) yield ignored(model, pool, misplaced);
      else yield* judge(model, pool);
    }
  },
};

function* judge(model: Model, pool: Pool): Iterable<Report> {
  const { name, place } = pool.applicationName;
  if (!name || !place) return;
  const bytes = leastBytes(name);
  if (bytes > longest) {
    yield {
      place,
      message: `\`application_name\` has ${bytes} bytes, PostgreSQL keeps the first ${longest}.`,
      fixes: shorten(model, pool, name),
    };
    return;
  }
  const option = optionFor(pool, "application name");
  if (option?.from !== "object") return;
  const unique = uniquePart(model.facts(option.place.path), option.valueSpan);
  if (!unique) return;
  const words = slice(model.text(option.place.path), unique);
  yield {
    place: option.place,
    message: `\`${words}\` makes \`application_name\` another one in every process, so connections of one service cannot be counted together.`,
    fixes: useProjectName(model, option),
  };
}

/** asyncpg has no such argument, and takes what it does not know in a URL for a setting of the server or, below SQLAlchemy, for an argument. */
function refusedByAsyncpg(model: Model, pool: Pool): Report | undefined {
  const isBelow = isEngine(pool) && usesAsyncpg(pool);
  const option = isBelow
    ? engineOption(pool, "connect_args.application_name")
    : pool.driver.name === "asyncpg"
      ? optionAt(pool, "application_name")
      : undefined;
  const inUrl = isBelow && pool.url?.parameters.application_name !== undefined ? pool.url : undefined;
  if (!option && !inUrl) return undefined;
  const to = isBelow ? enginePath(pool, "connect_args.server_settings.application_name") : asyncpgPlace;
  return {
    place: option?.place ?? inUrl?.literal ?? pool.place,
    severity: "error",
    message: `asyncpg's \`connect()\` has no argument \`application_name\` and raises \`TypeError\`: the name belongs in \`server_settings\`.`,
    fixes: option ? move(model, pool, option, to) : fromUrl(model, pool, inUrl?.parameters.application_name ?? "", to),
  };
}

const asyncpgPlace = "server_settings.application_name";

function fromUrl(model: Model, pool: Pool, name: string, to: string): Fix[] {
  const removed = withoutParameters(model, pool, ["application_name"]);
  const moved = setOptions(model, pool, [{ path: to, value: literal(model, pool.place.path, name) }]);
  return removed && moved ? [{ title: `Move it to \`${to}\``, safety: "safe", edits: [removed, ...moved] }] : [];
}

function ignored(model: Model, pool: Pool, option: Option): Report {
  const right = pool.driver.applicationName.option;
  const goesTo = right ? ` (it reads \`${right}\`)` : "";
  return {
    place: option.place,
    message: `${pool.driver.label} ignores \`${option.path}\`${goesTo}, so the connection has no \`application_name\`.`,
    fixes: right ? move(model, pool, option, right) : [],
  };
}

function move(model: Model, pool: Pool, option: Option, to: string): Fix[] {
  const written = slice(model.text(option.place.path), option.valueSpan);
  const edits = setOptions(model, pool, [{ path: to, value: written }], option);
  return edits ? [{ title: `Move it to \`${to}\``, safety: "safe", edits }] : [];
}

function shorten(model: Model, pool: Pool, name: Known): Fix[] {
  const option = optionFor(pool, "application name");
  if (option?.from !== "object" || name.kind !== "constant" || typeof name.value !== "string") return [];
  const short = truncate(name.value);
  const source = sourceOf(model, option.place.path);
  return [
    {
      title: `Shorten it to ${longest} bytes, as PostgreSQL does`,
      safety: "safe",
      edits: [replace(source, option.valueSpan, literal(model, option.place.path, short))],
    },
  ];
}

function useProjectName(model: Model, option: Option): Fix[] {
  const name = model.projectName(option.place.path)?.split("/").at(-1);
  if (name === undefined) return [];
  const edit = replace(sourceOf(model, option.place.path), option.valueSpan, literal(model, option.place.path, name));
  return [{ title: `Name it \`${name}\``, safety: "suggestion", edits: [edit] }];
}

const sizeOf = (text: string): number => new TextEncoder().encode(text).length;

/** The bytes that the text has at least. */
function leastBytes(name: Known): number {
  if (name.kind === "constant") return typeof name.value === "string" ? sizeOf(name.value) : 0;
  if (name.kind === "text") return name.pieces.reduce((sum, piece) => sum + sizeOf(piece ?? ""), 0);
  return 0;
}

/** The first 63 bytes, never half a character. */
function truncate(name: string): string {
  let short = name;
  while (sizeOf(short) > longest) short = [...short].slice(0, -1).join("");
  return short;
}
