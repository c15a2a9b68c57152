import { removeStatement, replace } from "../core/edit.ts";
import type { Model, Option, Pool } from "../core/model.ts";
import type { Edit, Rule } from "../core/rule.ts";
import { contains, slice } from "../core/text.ts";
import { isAtLeast } from "../core/version.ts";
import { engineOption, keepsConnections, poolClassOf } from "./knowledge/engines.ts";
import { optionAt, removeOption, setOptions, sourceOf } from "./knowledge/options.ts";

/** Settings that Flask-SQLAlchemy 3.0 no longer reads, and the arguments of the engine that they were. */
const legacy: Readonly<Record<string, string>> = {
  SQLALCHEMY_POOL_SIZE: "pool_size",
  SQLALCHEMY_POOL_TIMEOUT: "pool_timeout",
  SQLALCHEMY_POOL_RECYCLE: "pool_recycle",
  SQLALCHEMY_MAX_OVERFLOW: "max_overflow",
};

const home = "SQLALCHEMY_ENGINE_OPTIONS";

export const noLegacyFlaskPoolKeys: Rule = {
  name: "no-legacy-flask-pool-keys",
  summary: "Settings of the pool that Flask-SQLAlchemy 3.0 does not read any more.",
  why: `\`SQLALCHEMY_POOL_SIZE\`, \`SQLALCHEMY_POOL_TIMEOUT\`, \`SQLALCHEMY_POOL_RECYCLE\` and \`SQLALCHEMY_MAX_OVERFLOW\` were removed in Flask-SQLAlchemy 3.0. They are
ignored without a word: the pool has SQLAlchemy's defaults, five connections and ten more.

\`SQLALCHEMY_ENGINE_OPTIONS = {"pool_size": …}\` is read by Flask-SQLAlchemy 2.4 and later. With \`"poolclass": NullPool\` none of them is needed.

The rule goes by the version in the project's manifests; it is silent before 3.0, and information where none is named.`,
  group: "python",
  severity: "warning",
  fix: "safe",
  dependsOn: [],
  *check(model) {
    const told = new Set<string>();
    for (const pool of model.pools) {
      if (pool.driver.name !== "flask-sqlalchemy") continue;
      const version = model.packageVersion(pool.place.path, "flask-sqlalchemy");
      if (version && !isAtLeast(version, [3, 0])) continue;
      const found = Object.keys(legacy).flatMap((name) => optionAt(pool, name) ?? []);
      for (const option of found) {
        const { path, span } = option.place;
        // One application may have several objects, which all read the same settings.
        if (told.has(`${path} ${span.start}`)) continue;
        told.add(`${path} ${span.start}`);
        const edits = moved(model, pool, found, option);
        const title = isTaken(pool, option)
          ? `Move it to \`${home}\``
          : `Take it out: \`${poolClassOf(pool)}\` has no sizes`;
        yield {
          place: option.place,
          severity: version ? "warning" : "information",
          message: `Flask-SQLAlchemy 3.0 and later ignores \`${option.path}\`: the pool has SQLAlchemy's own size and times.`,
          fixes: edits ? [{ title, safety: "safe", edits }] : [],
        };
      }
    }
  },
};

/** Whether the engine takes what it was: a pool that keeps no connections refuses sizes. Unknown where the pool's class is. */
function isTaken(pool: Pool, { path }: Option): boolean | undefined {
  if (!engineOption(pool, "poolclass")) return true;
  const poolClass = poolClassOf(pool);
  if (poolClass === undefined) return undefined;
  return keepsConnections.has(poolClass) || !pool.driver.pool.refusedByNullPool?.includes(legacy[path]!);
}

/** All of them together: moved one by one, the second would stand in the way of the first. */
function moved(model: Model, pool: Pool, all: readonly Option[], option: Option): readonly Edit[] | undefined {
  const path = option.place.path;
  const here = all.filter((each) => each.place.path === path);
  const taken = here.filter((each) => isTaken(pool, each));
  if (here.some((each) => isTaken(pool, each) === undefined)) return undefined;
  const value = (each: Option) => slice(model.text(path), each.valueSpan);
  if (pool.options.sites[home]?.path === path) {
    const added = setOptions(
      model,
      pool,
      taken.map((each) => ({ path: `${home}.${legacy[each.path]}`, value: value(each) })),
    );
    const gone = here.map((each) => withoutSetting(model, pool, each));
    return added && gone.every((edit) => edit !== undefined) ? [...added, ...gone] : undefined;
  }
  if (optionAt(pool, home)) return undefined;
  const dictionary = `{${taken.map((each) => `"${legacy[each.path]}": ${value(each)}`).join(", ")}}`;
  const [first] = taken;
  const source = sourceOf(model, path);
  const gone = here.filter((each) => each !== first).map((each) => withoutSetting(model, pool, each));
  if (gone.some((edit) => edit === undefined)) return undefined;
  if (first === undefined) return gone as Edit[];
  const nameAt = first.place.span.start + slice(source.text, first.place.span).indexOf(first.path);
  const named = replace(source, { start: nameAt, end: nameAt + first.path.length }, home);
  return [named, replace(source, first.valueSpan, dictionary), ...(gone as Edit[])];
}

/** A setting is a statement of its own, or an argument of `update()`. */
function withoutSetting(model: Model, pool: Pool, option: Option): Edit | undefined {
  const { path, span } = option.place;
  const statement = model.statementAt(path, span.start);
  if (statement && statement.span.start === span.start && contains(statement.span, option.valueSpan))
    return removeStatement(sourceOf(model, path), statement.span);
  return removeOption(model, pool, option);
}
