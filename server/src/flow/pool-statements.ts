import type { Driver, OptionDescriptor, OptionMeaning } from "../core/driver.ts";
import type { Known, Option, PoolOptions, StatementNaming, Tristate, UrlFacts } from "../core/model.ts";

/** Whether a pool sends statements with names of their own: by the library's default, its switch, or an option that names them. */
export function namingOf(driver: Driver, options: PoolOptions, url: UrlFacts | undefined): StatementNaming {
  const naming = options.entries.findLast((option) => option.means === "statement name" && !isNothing(option.value));
  if (naming !== undefined) return { named: isThere(naming), by: "option", option: naming };
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
