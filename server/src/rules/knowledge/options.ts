import type { OptionMeaning, OptionSetting } from "../../core/driver.ts";
import {
  addArgument,
  insert,
  insertAfter,
  insertProperties,
  quoted,
  removeProperty,
  replace,
  type Source,
  styleOf,
} from "../../core/edit.ts";
import type { Known, Model, ObjectSite, Option, Pool } from "../../core/model.ts";
import type { Edit } from "../../core/rule.ts";
import { contains, slice } from "../../core/text.ts";

/** The option of that path that counts: the last one given. */
export const optionAt = (pool: Pool, path: string): Option | undefined =>
  pool.options.entries.findLast((option) => option.path === path);

/** The option of that meaning that counts. */
export const optionFor = (pool: Pool, means: OptionMeaning): Option | undefined =>
  pool.options.entries.findLast((option) => option.means === means);

/** Whether a spread that follows in the same object may replace the option (`{ min: 2, ...options }`). */
export function mayBeReplaced(pool: Pool, option: Option): boolean {
  const entries = pool.options.sites[outerPath(option.path)]?.entries ?? [];
  return entries.some(({ key, span }) => key === undefined && span.start > option.place.span.start);
}

/** The number that a value is for sure; numeric text of a URL or an environment variable's default does not count. */
export const numberOf = (value: Known | undefined): number | undefined =>
  value?.kind === "constant" && typeof value.value === "number" ? value.value : undefined;

const msIn = { ms: 1, s: 1000, min: 60_000 } as const;

/** A time option in ms, `"never"` where its value turns it off, undefined where it is not given or not known. */
export function timeOf(pool: Pool, means: OptionMeaning): number | "never" | undefined {
  const option = optionFor(pool, means);
  if (option?.value.kind !== "constant") return undefined;
  const { value } = option.value;
  const descriptor = pool.driver.options[option.path];
  if (descriptor?.off?.some((off) => off === value)) return "never";
  return typeof value === "number" ? value * msIn[descriptor?.unit ?? "ms"] : undefined;
}

/** Whether an option is set to the value that the setting's source text stands for. */
export function isSetTo(pool: Pool, setting: OptionSetting): boolean {
  const option = optionAt(pool, setting.path);
  return option?.value.kind === "constant" && String(option.value.value) === setting.value.replace(/^["']|["']$/g, "");
}

/** A lifetime below the limit (ms) ends every connection before the pooler does. */
export function isRecycledWithin(pool: Pool, limit: number): boolean {
  const lifetime = timeOf(pool, "lifetime");
  return typeof lifetime === "number" && lifetime < limit;
}

/** True for a pool that closes each connection after one use, so that it keeps none. */
export const isSingleUse = (pool: Pool): boolean =>
  (pool.driver.pool.nullPool ?? []).length > 0 && pool.driver.pool.nullPool!.every((setting) => isSetTo(pool, setting));

/** The pool as the code names it: `new Pool()`, `postgres()`, `datasource db` of a schema; a subclass's `super()` by the name of the subclass. */
export function poolLabel(model: Model, pool: Pool): string {
  const callee = slice(model.text(pool.place.path), pool.call.calleeSpan);
  if (pool.driver.name === "django") return `DATABASES[${callee}]`;

  const schema = /^datasource\s+\w+/.exec(callee);
  if (schema !== null) return schema[0];
  if (callee !== "super") return pool.call.style === "new" ? `new ${callee}()` : `${callee}()`;
  const around = model.facts(pool.place.path).classes.findLast((each) => contains(each.span, pool.place.span));
  return `new ${around?.name ?? "class"}()`;
}

export const sourceOf = (model: Model, path: string): Source => ({ path, text: model.text(path) });

/**
 * The edits that give a pool these settings: values are replaced where the option is there, properties and missing objects are
 * written where it is not. `instead` goes, where it is none of them. Undefined where the options are not in sight.
 */
export function setOptions(
  model: Model,
  pool: Pool,
  settings: readonly OptionSetting[],
  instead?: Option,
): Edit[] | undefined {
  const gone = instead && settings.some(({ path }) => path === instead.path) ? undefined : instead;
  const edits: Edit[] = [];
  const missing = new Map<string, OptionSetting[]>();
  for (const setting of settings) {
    const option = optionAt(pool, setting.path);
    if (option) {
      if (option.from === "url") return undefined;
      edits.push(replace(sourceOf(model, option.place.path), option.valueSpan, setting.value));
      continue;
    }
    const site = enclosingSite(pool, setting.path);
    if (site === undefined || isOpaque(pool, site, setting.path)) return undefined;
    missing.set(site, [...(missing.get(site) ?? []), setting]);
  }
  const home = gone && outerPath(gone.path);
  if (gone && home !== undefined && !missing.has(home)) {
    const removal = removeOption(model, pool, gone);
    if (!removal) return undefined;
    edits.push(removal);
  }
  for (const [path, added] of missing) {
    const site = pool.options.sites[path];
    const properties = nested(
      added.map((setting) => ({ ...setting, path: below(path, setting.path) })),
      spellingOf(model, site),
    );
    // One edit in the place of the old entry: taking that out and adding at the end would touch.
    if (site && gone && path === home)
      edits.push(replace(sourceOf(model, site.path), gone.place.span, properties.join(", ")));
    else if (site && site.entries.length === 0 && isArguments(model, site))
      edits.push(addArgument(sourceOf(model, site.path), site.span, properties.join(", ")));
    else if (site) edits.push(...insertProperties(sourceOf(model, site.path), site, properties));
    else
      edits.push(
        addArgument(sourceOf(model, pool.place.path), pool.call.argumentsSpan, `{ ${properties.join(", ")} }`),
      );
  }
  return [...edits, ...imported(model, pool.place.path, settings)];
}

/**
 * The same, and these options go, which all stand in one call or dictionary: its entries are written anew. Undefined where they are not in sight, or where
 * comments stand between them.
 */
export function replaceOptions(
  model: Model,
  pool: Pool,
  settings: readonly OptionSetting[],
  without: readonly string[],
): Edit[] | undefined {
  const gone = without.flatMap((path) => optionAt(pool, path) ?? []);
  const [first] = gone;
  if (first === undefined) return setOptions(model, pool, settings);
  const home = outerPath(first.path);
  const site = pool.options.sites[home];
  // Of what is spread into the call, `**arguments`, the entries stand elsewhere: they would stay.
  const isHere = ({ path, from, place }: Option): boolean =>
    outerPath(path) === home && from === "object" && place.path === site?.path && contains(site.span, place.span);
  if (!site || !gone.every(isHere)) return undefined;
  if (settings.some(({ path }) => enclosingSite(pool, path) !== home)) return undefined;
  const source = sourceOf(model, site.path);
  const [from, to] = [site.entries[0]!.span.start, site.entries.at(-1)!.span.end];
  const isGone = (key: string | undefined) => key !== undefined && without.includes(within(home, key));
  const isSet = (key: string | undefined) => settings.some(({ path }) => path === within(home, key ?? ""));
  const kept = site.entries.filter(({ key }) => !isGone(key) && !isSet(key));
  const between = source.text.slice(from, to);
  if (/#|\/\//.test(between.replaceAll(/(["'])(?:\\.|(?!\1).)*\1/g, ""))) return undefined;
  const added = nested(
    settings.map((setting) => ({ ...setting, path: below(home, setting.path) })),
    spellingOf(model, site),
  );
  const separator = /^\s*,(\s*)/.exec(source.text.slice(site.entries[0]!.span.end))?.[1] || " ";
  const entries = [...kept.map((entry) => slice(source.text, entry.span)), ...added];
  return [
    replace(
      source,
      { start: from, end: to },
      entries.join(`,${separator.includes("\n") && site.entries.length < 2 ? " " : separator}`),
    ),
    ...imported(model, pool.place.path, settings),
  ];
}

const within = (home: string, key: string): string => (home === "" ? key : `${home}.${key}`);

/** The edit that takes an option out of its literal; undefined where the literal is not in sight. */
export function removeOption(model: Model, pool: Pool, option: Option): Edit | undefined {
  const site = pool.options.sites[outerPath(option.path)];
  if (option.from !== "object" || !site || site.path !== option.place.path) return undefined;
  if (!contains(site.span, option.place.span)) return undefined;
  return removeProperty(sourceOf(model, site.path), site, option.place.span);
}

/** The edits that take options of one call or dictionary out together; undefined where they are not in sight. */
export function removeOptions(model: Model, pool: Pool, options: readonly Option[]): Edit[] | undefined {
  if (options.length === 1) {
    const edit = removeOption(model, pool, options[0]!);
    return edit && [edit];
  }
  return replaceOptions(
    model,
    pool,
    [],
    options.map(({ path }) => path),
  );
}

/** Text as a literal in the file's own quotes. */
export const literal = (model: Model, path: string, text: string): string => quoted(text, styleOf(model.text(path)));

/** The innermost object literal around the option; `""` also stands for a missing options argument. */
function enclosingSite(pool: Pool, path: string): string | undefined {
  const parts = path.split(".").slice(0, -1);
  for (let length = parts.length; length >= 0; length--) {
    const prefix = parts.slice(0, length).join(".");
    if (pool.options.sites[prefix]) return prefix;
  }
  return pool.options.missingArgument === undefined ? undefined : "";
}

/** An object on the way is given, but not as a literal: writing it again would lose what it holds. */
function isOpaque(pool: Pool, site: string, path: string): boolean {
  const entries = (pool.options.sites[site] as ObjectSite | undefined)?.entries ?? [];
  const next = below(site, path).split(".")[0];
  return entries.some(({ key }) => key === next);
}

const outerPath = (path: string): string => path.split(".").slice(0, -1).join(".");

const below = (site: string, path: string): string => (site === "" ? path : path.slice(site.length + 1));

/** How an entry is written: `key: value`, `key=value` or `"key": value`. */
interface Spelling {
  entry(key: string, value: string): string;
  /** What the objects inside are written like. */
  readonly inner: () => Spelling;
}

const properties: Spelling = { entry: (key, value) => `${key}: ${value}`, inner: () => properties };

/** Python's, in a call's keyword arguments or in a dictionary. */
function spellingOf(model: Model, site: ObjectSite | undefined): Spelling {
  if (site === undefined || model.facts(site.path).language !== "python") return properties;
  const style = styleOf(model.text(site.path));
  const dictionary: Spelling = {
    entry: (key, value) => `${quoted(key, style)}: ${value}`,
    inner: () => dictionary,
  };
  return isArguments(model, site) ? { entry: (key, value) => `${key}=${value}`, inner: () => dictionary } : dictionary;
}

const isArguments = (model: Model, site: ObjectSite): boolean => model.text(site.path)[site.span.start] === "(";

/** Properties as source text; those under one key share its object. */
function nested(settings: readonly OptionSetting[], spelling: Spelling): string[] {
  const keys = [...new Set(settings.map(({ path }) => path.split(".")[0]!))];
  return keys.map((key) => {
    const group = settings.filter(({ path }) => path.split(".")[0] === key);
    const own = group.find(({ path }) => path === key);
    if (own) return spelling.entry(key, own.value);
    const inner = group.map((each) => ({ ...each, path: each.path.slice(key.length + 1) }));
    const body = nested(inner, spelling.inner()).join(", ");
    return spelling.entry(key, spelling === properties ? `{ ${body} }` : `{${body}}`);
  });
}

const imported = (model: Model, path: string, settings: readonly OptionSetting[]): Edit[] =>
  importedNames(
    model,
    path,
    settings.flatMap(({ imports = [] }) => imports),
  );

/** Python's imports of what the file has not imported yet: beside what comes from the same module, or below the other imports. */
export function importedNames(model: Model, path: string, wanted: NonNullable<OptionSetting["imports"]>): Edit[] {
  if (wanted.length === 0) return [];
  const facts = model.facts(path);
  const source = sourceOf(model, path);
  const { newline } = styleOf(source.text);
  const statements = facts.statements.filter(
    ({ kind, function: owner, parent }) => kind === "import" && owner === 0 && parent < 0,
  );
  const edits: Edit[] = [];
  const lines = new Set<string>();
  for (const { module, name } of wanted) {
    const known = facts.imports.filter(({ specifier }) => specifier === module);
    const local = (variable: number) => facts.variables[variable]?.name;
    if (known.some((each) => each.imported === (name ?? "*") && local(each.variable) === (name ?? module))) continue;
    const beside = statements.find(
      ({ span: at }) =>
        slice(source.text, at).startsWith(`from ${module} import `) && !/[()#*\n]/.test(slice(source.text, at)),
    );
    if (name !== undefined && beside) edits.push(insert(source, beside.span.end, `, ${name}`));
    else lines.add(name === undefined ? `import ${module}` : `from ${module} import ${name}`);
  }
  if (lines.size === 0) return edits;
  const code = [...lines].join(newline);
  const last = statements.at(-1);
  return [...edits, last === undefined ? insert(source, 0, code + newline) : insertAfter(source, last.span, code)];
}
