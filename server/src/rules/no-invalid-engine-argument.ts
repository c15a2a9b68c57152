import { replace } from "../core/edit.ts";
import type { Model, Option, Pool } from "../core/model.ts";
import type { Edit, Fix, Report, Rule } from "../core/rule.ts";
import { slice } from "../core/text.ts";
import { engineOption, isAsync, isEngine, poolClassOf } from "./knowledge/engines.ts";
import { importedNames, optionAt, poolLabel, removeOptions, setOptions, sourceOf } from "./knowledge/options.ts";
import { withoutParameters } from "./knowledge/url.ts";

export const noInvalidEngineArgument: Rule = {
  name: "no-invalid-engine-argument",
  summary: "An argument that SQLAlchemy's engine refuses or does not have: the program ends where the engine is made.",
  why: `\`create_engine()\` takes a class as \`poolclass\`, not its name as text; \`NullPool\` takes no sizes; there is no \`pool_class\` and no \`autocommit\`; an
engine for asyncio needs a pool for asyncio. What stands in the URL's query stays text: \`statement_cache_size=0\` and \`prepare_threshold=0\` there
end in a \`TypeError\` with the first statement.

Write it as the engine wants it. For a connection without transactions of its own, \`isolation_level="AUTOCOMMIT"\` is the argument.

The rule does not see arguments that are put together at run time.`,
  group: "python",
  severity: "error",
  fix: "both",
  dependsOn: [],
  *check(model) {
    for (const pool of model.pools) {
      if (!isEngine(pool)) continue;
      yield* poolClasses(model, pool);
      yield* unknownArguments(model, pool);
      yield* textsInUrl(model, pool);
    }
  },
};

function* poolClasses(model: Model, pool: Pool): Iterable<Report> {
  const option = engineOption(pool, "poolclass");
  const name = option && poolClassOf(pool);
  if (!option || name === undefined) return;
  const text = slice(model.text(option.place.path), option.valueSpan);
  if (/^["']/.test(text)) {
    yield {
      place: option.place,
      message: `\`poolclass\` takes a class: with the text ${text} the engine fails (\`'str' object has no attribute '__dict__'\`).`,
      fixes: safe(`Use the class \`${name}\``, classEdits(model, option, name)),
    };
  }
  if (name === "QueuePool" && isAsync(pool)) {
    yield {
      place: option.place,
      message: "`QueuePool` cannot be used with an engine for asyncio: `create_async_engine()` raises `ArgumentError`.",
      fixes: safe("Use `AsyncAdaptedQueuePool`", classEdits(model, option, "AsyncAdaptedQueuePool")),
    };
  }
  // In a dictionary that is put together by branches, the class may stand on one and the sizes on the other.
  if (name !== "NullPool" || option.conditional) return;
  const refused = (pool.driver.pool.refusedByNullPool ?? [])
    .flatMap((path) => engineOption(pool, path) ?? [])
    .filter(({ conditional }) => !conditional);
  const [first] = refused;
  if (!first) return;
  const names = refused.map(({ path }) => `\`${last(path)}\``).join(", ");
  yield {
    place: first.place,
    message: `\`NullPool\` keeps no connections and takes no ${names}: \`${poolLabel(model, pool)}\` raises \`TypeError\`.`,
    fixes: safe("Take the sizes out", removeOptions(model, pool, refused)),
  };
}

function* unknownArguments(model: Model, pool: Pool): Iterable<Report> {
  const label = `\`${poolLabel(model, pool)}\``;
  const typo = optionAt(pool, "pool_class");
  if (typo)
    yield {
      place: typo.place,
      message: `${label} has no argument \`pool_class\` and raises \`TypeError\`: it is \`poolclass\`.`,
      fixes: safe("Write `poolclass`", [replace(sourceOf(model, typo.place.path), typo.keySpan, "poolclass")]),
    };
  const autocommit = optionAt(pool, "autocommit");
  if (autocommit) {
    const isOn = autocommit.value.kind === "constant" && autocommit.value.value === true;
    const edits = isOn && setOptions(model, pool, [{ path: "isolation_level", value: '"AUTOCOMMIT"' }], autocommit);
    yield {
      place: autocommit.place,
      message: `${label} has no argument \`autocommit\` and raises \`TypeError\`.`,
      fixes: edits ? [{ title: 'Use `isolation_level="AUTOCOMMIT"`', safety: "suggestion", edits }] : [],
    };
  }
  const creator = pool.type === "Engine" ? optionAt(pool, "async_creator") : undefined;
  if (creator)
    yield {
      place: creator.place,
      message: `${label} has no argument \`async_creator\` and raises \`TypeError\`: it belongs to \`create_async_engine()\`.`,
    };
}

/** What the driver wants as a number, by the name of the driver in the URL's scheme. */
const numbers: readonly { readonly driver: string; readonly name: string; readonly off: string }[] = [
  { driver: "asyncpg", name: "statement_cache_size", off: "0" },
  { driver: "psycopg", name: "prepare_threshold", off: "None" },
  { driver: "psycopg_async", name: "prepare_threshold", off: "None" },
];

function* textsInUrl(model: Model, pool: Pool): Iterable<Report> {
  const { url } = pool;
  if (!url) return;
  for (const { driver, name, off } of numbers) {
    if (!url.scheme?.endsWith(`+${driver}`) || url.parameters[name] === undefined) continue;
    const given = url.parameters[name];
    const value = /^\d+$/.test(given) ? given : off;
    const moved = setOptions(model, pool, [{ path: `connect_args.${name}`, value }]);
    const removed = withoutParameters(model, pool, [name]);
    yield {
      place: url.literal ?? pool.place,
      message: `\`${name}\` in the URL stays text, and ${driver} compares it with numbers (\`TypeError\` with the first statement): it belongs in \`connect_args\`.`,
      fixes: safe(`Move \`${name}\` to \`connect_args\``, moved && removed && [removed, ...moved]),
    };
  }
  if (url.parameters.poolclass !== undefined)
    yield {
      place: url.literal ?? pool.place,
      message:
        "`poolclass` in the URL goes to the database's driver, which refuses it: it is an argument of the engine.",
    };
}

function classEdits(model: Model, option: Option, name: string): readonly Edit[] {
  const { path } = option.place;
  return [
    replace(sourceOf(model, path), option.valueSpan, name),
    ...importedNames(model, path, [{ module: "sqlalchemy.pool", name }]),
  ];
}

const safe = (title: string, edits: readonly Edit[] | undefined): readonly Fix[] =>
  edits ? [{ title, safety: "safe", edits }] : [];

const last = (path: string): string => path.split(".").at(-1)!;
