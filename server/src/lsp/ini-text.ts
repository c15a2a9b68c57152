import { dotted, type Version } from "../core/version.ts";
import { defaultOf, isKnownTo, pageOf, type Setting, type SettingValue } from "../pgbouncer/index.ts";

/** What PgBouncer's settings mean, as Markdown for hovers and completions. `version`: the one in use, where it is known. */

export const settingMarkdown = (setting: Setting, version: Version | undefined): string =>
  `${settingHead(setting, version)}\n\n${settingRest(setting, version)}`;

/** What it is, in which unit, its default, and what it does. */
export const settingHead = (setting: Setting, version: Version | undefined): string =>
  `**${setting.name}**: ${wanted(setting)}; ${defaultWords(setting, version)}\n\n${setting.meaning}`;

/** Its values, since when it is there, and where to read more. */
export function settingRest(setting: Setting, version: Version | undefined): string {
  const values = setting.values?.map((each) => valueLine(each, version)).join("\n");
  // Words before the list: two lists in a row would be one.
  return [...(values ? [`Values:\n\n${values}`] : []), notes(setting, version)].join("\n\n");
}

/** One of the values that a setting has; undefined where the setting takes any. */
export function valueHead(setting: Setting, value: string, version: Version | undefined): string | undefined {
  const known = setting.values?.find((each) => each.value.toLowerCase() === value.toLowerCase());
  if (!known || setting.type !== "choice") return undefined;
  return [`**${setting.name} = ${known.value}**: ${known.meaning}`, sinceWords(known.since, version)]
    .filter(Boolean)
    .join(" ");
}

/** Since when a setting is there, and where to read more. */
export function notes(setting: Setting, version: Version | undefined): string {
  const { since, removed, aliasOf, reloadable, windowsOnly } = setting;
  return [
    sinceWords(since, version),
    removed && `Gone in ${dotted(removed)}.`,
    aliasOf && `An old name of \`${aliasOf}\`.`,
    windowsOnly && "On Windows only.",
    !reloadable && "A change counts after a restart.",
    `[PgBouncer's documentation](${pageOf(setting)})`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** `Since 1.24.`, and what an older PgBouncer makes of it. */
export function sinceWords(since: Version | undefined, version: Version | undefined): string | undefined {
  if (!since) return undefined;
  const refused = isKnownTo({ since }, version) ? "" : `: PgBouncer ${dotted(version!)} does not start with it`;
  return `Since ${dotted(since)}${refused}.`;
}

/** The default in a few words: `20 connections`, `0 (off)` … undefined where there is none. */
export function defaultLabel(setting: Setting, version: Version | undefined): string | undefined {
  const value = defaultOf(setting, version) ?? (version ? undefined : setting.defaults.at(-1)?.value);
  if (value === undefined || value === "") return undefined;
  return setting.unit ? `${value} ${setting.unit}` : value;
}

const typeWords: Readonly<Record<Setting["type"], string>> = {
  integer: "a whole number",
  switch: "1 or 0",
  seconds: "seconds",
  choice: "one of these values",
  names: "names, separated by commas",
  path: "a file",
  sql: "SQL",
  text: "text",
};

const wanted = ({ type, unit }: Setting): string =>
  type === "integer" && unit
    ? unit === "connections" || unit === "clients" || unit === "statements"
      ? `a number of ${unit}`
      : unit
    : typeWords[type];

/** The default of the version in use, or how it changed from version to version. */
function defaultWords(setting: Setting, version: Version | undefined): string {
  const { defaults, fallback } = setting;
  if (fallback && defaults.length === 0) return `else \`${fallback}\` of [pgbouncer] counts`;
  const [first, ...later] = defaults.filter(({ value }) => value !== undefined);
  if (!first) return "not set by default";
  const own =
    version && isKnownTo(setting, version)
      ? `default in ${dotted(version)}: ${code(defaultOf(setting, version))}`
      : undefined;
  if (later.length === 0) return own && first.since ? own : `default: ${code(first.value)}`;
  const steps = [first, ...later].map(
    ({ since, value }) => `${code(value)}${since ? ` from ${dotted(since)} on` : ""}`,
  );
  return `${own ? `${own} (` : "default: "}${steps.join(", ")}${own ? ")" : ""}`;
}

const code = (value: string | undefined): string => (value ? `\`${value}\`` : "nothing");

const valueLine = ({ value, meaning, since }: SettingValue, version: Version | undefined): string =>
  [`- \`${value}\`: ${meaning}`, sinceWords(since, version)].filter(Boolean).join(" ");
