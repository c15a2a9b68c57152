import type { Driver } from "../core/driver.ts";
import type { Pool, PoolOptions, UrlFacts } from "../core/model.ts";

export function applicationName(
  driver: Driver,
  options: PoolOptions,
  url: UrlFacts | undefined,
  environment: UrlFacts | undefined,
): Pool["applicationName"] {
  const option = options.entries.findLast(
    (entry) => entry.means === "application name" || entry.means === "fallback application name",
  );
  if (
    option !== undefined &&
    !(option.value.kind === "constant" && (option.value.value === undefined || option.value.value === ""))
  ) {
    return { given: "yes", name: option.value, place: option.place };
  }
  const parameter = driver.applicationName.urlParameter;
  const inUrl = parameter === undefined ? undefined : url?.parameters[parameter];
  if (url !== undefined && inUrl !== undefined)
    return { given: "yes", name: { kind: "constant", value: inUrl }, place: url.place };
  if (environment !== undefined) {
    return {
      given: "yes",
      name: { kind: "constant", value: environment.parameters.application_name },
      place: environment.place,
    };
  }
  if (driver.applicationName.fallback !== undefined) {
    return { given: "yes", name: { kind: "constant", value: driver.applicationName.fallback } };
  }
  if (!options.complete) return { given: "unknown" };
  // A URL from an environment variable that nothing explains is judged as one without a name; any other unknown URL may carry one.
  if (url !== undefined && !url.complete && url.environment === undefined && parameter !== undefined)
    return { given: "unknown" };
  return { given: "no" };
}
