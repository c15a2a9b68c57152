import type { OptionMeaning, OptionSetting } from "../../core/driver.ts";
import {
  addArgument,
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

/** The pool as the code names it: `pool`, `new Pool()`, `postgres()`; a subclass's `super()` by the name of the subclass. */
export function poolLabel(model: Model, pool: Pool): string {
  const callee = slice(model.text(pool.place.path), pool.call.calleeSpan);
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
    const properties = nested(added.map((setting) => ({ ...setting, path: below(path, setting.path) })));
    const site = pool.options.sites[path];
    // One edit in the place of the old entry: taking that out and adding at the end would touch.
    if (site && gone && path === home)
      edits.push(replace(sourceOf(model, site.path), gone.place.span, properties.join(", ")));
    else if (site) edits.push(...insertProperties(sourceOf(model, site.path), site, properties));
    else
      edits.push(
        addArgument(sourceOf(model, pool.place.path), pool.call.argumentsSpan, `{ ${properties.join(", ")} }`),
      );
  }
  return edits;
}

/** The edit that takes an option out of its literal; undefined where the literal is not in sight. */
export function removeOption(model: Model, pool: Pool, option: Option): Edit | undefined {
  const site = pool.options.sites[outerPath(option.path)];
  if (option.from !== "object" || !site || site.path !== option.place.path) return undefined;
  if (!contains(site.span, option.place.span)) return undefined;
  return removeProperty(sourceOf(model, site.path), site, option.place.span);
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

/** Properties as source text; those under one key share its object. */
function nested(settings: readonly OptionSetting[]): string[] {
  const keys = [...new Set(settings.map(({ path }) => path.split(".")[0]!))];
  return keys.map((key) => {
    const group = settings.filter(({ path }) => path.split(".")[0] === key);
    const own = group.find(({ path }) => path === key);
    if (own) return `${key}: ${own.value}`;
    return `${key}: { ${nested(group.map((each) => ({ ...each, path: each.path.slice(key.length + 1) }))).join(", ")} }`;
  });
}
