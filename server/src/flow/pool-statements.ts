import type { Driver, DriverBelow, OptionDescriptor, OptionMeaning, OptionSetting, TypeName } from "../core/driver.ts";
import type { Known, Option, PoolOptions, StatementNaming, Tristate, UrlFacts } from "../core/model.ts";
import { isAtLeast } from "../core/version.ts";

/** The driver that does the talking for a library, and the versions of packages that decide how. */
interface Talker {
  readonly driver: DriverBelow;
  readonly version: PackageVersions;
}

/** Whether a pool sends statements with names of their own: by the library's default, its switch, or an option that names them. */
export function namingOf(
  driver: Driver,
  options: PoolOptions,
  url: UrlFacts | undefined,
  below?: Talker,
): StatementNaming {
  const naming = options.entries.findLast((option) => option.means === "statement name" && !isNothing(option.value));
  if (naming !== undefined)
    return {
      named: isThere(naming),
      by: "option",
      option: naming,
      ...(below && { below: below.driver, ...tooOld(below) }),
    };
  if (below !== undefined) return namingBelow(below, options, url);
  if (driver.statements === "unnamed") return { named: "no", by: "default" };
  const option = options.entries.findLast(isSwitch);
  if (option !== undefined)
    return { named: switched(option.value, driver.options[option.path], option), by: "option", option };
  const inUrl = inUrlOf(driver, url);
  if (inUrl !== undefined) return { named: inUrl, by: "url" };
  return { named: mayBeSwitchedElsewhere(driver, options, url) ? "unknown" : "yes", by: "default" };
}

const switches: ReadonlySet<OptionMeaning | undefined> = new Set(["prepare", "statement cache"]);

const isSwitch = ({ means, value }: Option): boolean => switches.has(means) && !isNothing(value);

const isNothing = (value: Known): boolean => value.kind === "constant" && value.value === undefined;

const isThere = ({ value, conditional }: Option): Tristate =>
  conditional || value.kind === "unknown" || (value.kind === "either" && value.of.some(isNothing)) ? "unknown" : "yes";

/** `prepare: !isPooler`, `prepare: process.env.POOLED !== "true"`: somebody thought of it. */
function switched(value: Known, descriptor: OptionDescriptor | undefined, { conditional }: Option): Tristate {
  if (value.kind !== "constant") return "unknown";
  if (descriptor?.off?.some((off) => off === value.value)) return "no";
  return conditional ? "unknown" : "yes";
}

function inUrlOf(driver: Driver, url: UrlFacts | undefined): Tristate | undefined {
  for (const [name, descriptor] of Object.entries(driver.urlParameters ?? {})) {
    const value = url?.parameters[name];
    if (value === undefined || !switches.has(descriptor.means)) continue;
    if (descriptor.off?.some((off) => off === value)) return "no";
  }
  return undefined;
}

function mayBeSwitchedElsewhere(driver: Driver, options: PoolOptions, url: UrlFacts | undefined): boolean {
  if (!options.complete) return true;
  const hasOption = Object.values(driver.options).some(({ means }) => switches.has(means));
  // Where the URL alone can say it, an unknown URL may.
  return !hasOption && url?.complete !== true;
}

/** The version of a package, as far as a manifest tells. */
type PackageVersions = (name: string) => readonly number[] | undefined;

/** The driver that the URL's scheme names; where no URL is in sight, the one for asyncio that the manifest names. */
export function belowOf(
  { below }: Driver,
  type: TypeName,
  url: UrlFacts | undefined,
  packages: ReadonlySet<string>,
): DriverBelow | undefined {
  if (below === undefined) return undefined;
  if (url?.scheme !== undefined) return below[url.scheme.split("+")[1] ?? ""];
  const named = type.startsWith("Async") ? Object.keys(below).filter((name) => packages.has(name)) : [];
  return named.length === 1 ? below[named[0]!] : undefined;
}

/** All of its settings together make statements unnamed, or the one that is enough where the package is new. */
function namingBelow(
  { driver: below, version }: Talker,
  options: PoolOptions,
  url: UrlFacts | undefined,
): StatementNaming {
  if (below.statements === "unnamed") return { named: "no", by: "default", below };
  const { enough } = below;
  const isEnough = enough !== undefined && isAtLeast(version(enough.package), enough.version);
  const told = below.unnamed.map((setting) => ({ setting, ...switchOf(setting, options, url) }));
  const isOff = (path: string) => told.some((each) => each.setting.path === path && each.state === "off");
  const option = told.find((each) => each.option !== undefined)?.option;
  const old = tooOld({ driver: below, version });
  if (told.every(({ state }) => state === "off") || (isEnough && isOff(enough.path)))
    return old.until === undefined
      ? { named: "no", by: "option", below }
      : { named: "yes", by: "option", below, ...old, ...(option && { option }) };
  const by = option === undefined ? "default" : "option";
  const isUnknown = told.some(({ state }) => state === "unknown") || !options.complete;
  const isOn = told.some(({ state }) => state === "on");
  return { named: isUnknown && !isOn ? "unknown" : "yes", by, below, ...old, ...(option && { option }) };
}

/** The version that a package has to have before any setting helps, where the workspace asks for an older one. */
function tooOld({ driver: { unnamedSince: since }, version }: Talker): Pick<StatementNaming, "until"> {
  const own = since && version(since.package);
  return since === undefined || own === undefined || isAtLeast(own, since.version) ? {} : { until: since };
}

interface Switch {
  readonly state: "off" | "on" | "unknown" | "absent";
  readonly option?: Option;
}

/** What an option says, under whatever prefix it stands (Flask's settings), or the URL. */
function switchOf({ path, value }: OptionSetting, options: PoolOptions, url: UrlFacts | undefined): Switch {
  const option = options.entries.findLast((each) => each.path === path || each.path.endsWith(`.${path}`));
  if (option !== undefined) {
    if (option.value.kind !== "constant") return { state: "unknown", option };
    const isOff = option.value.value === (value === "None" ? null : Number(value));
    return { state: option.conditional ? "unknown" : isOff ? "off" : "on", option };
  }
  return { state: url?.parameters[path.split(".").at(-1)!] === value ? "off" : "absent" };
}
