import type { OptionMeaning } from "../core/driver.ts";
import type { Known, PoolOptions, UrlFacts } from "../core/model.ts";
import { userDigest } from "../pooler/index.ts";
import type { PoolSurroundings } from "./pool-surroundings.ts";
import type { FunctionNode } from "./program.ts";

/**
 * What the options `host`, `port`, `database` and `user` say of where a pool connects to, for a pool without a URL: which pooler that is, hangs on it
 * just the same. Undefined where they say nothing.
 */
export function endpointOf(
  around: PoolSurroundings,
  { entries }: PoolOptions,
  each: FunctionNode,
): UrlFacts | undefined {
  const option = (means: OptionMeaning) => entries.findLast((entry) => entry.means === means);
  const known = (means: OptionMeaning): Part => partOf(around, option(means)?.value, each);
  const host = known("host");
  const port = known("port");
  const database = known("database");
  const user = known("user");
  const place = (option("host") ?? option("port") ?? option("database"))?.place;
  const number = Number(port.text ?? port.told?.port);
  const name = database.text ?? database.told?.database;
  const address = host.text ?? host.told?.host;
  if (!place || (address === undefined && host.environment === undefined && !number && name === undefined))
    return undefined;
  return {
    place: host.told?.place ?? place,
    parameters: {},
    complete: false,
    ...(host.environment === undefined ? {} : { environment: host.environment }),
    ...(address === undefined ? {} : { host: address }),
    ...(Number.isInteger(number) ? { port: number } : {}),
    ...(name === undefined ? {} : { database: name }),
    ...(user.text === undefined ? {} : { user: userDigest(user.text) }),
  };
}

interface Part {
  readonly text?: string;
  readonly environment?: string;
  readonly told?: UrlFacts;
}

function partOf(around: PoolSurroundings, value: Known | undefined, each: FunctionNode): Part {
  if (value?.kind === "constant")
    return typeof value.value === "string" || typeof value.value === "number" ? { text: String(value.value) } : {};
  if (value?.kind !== "environment") return {};
  const told = around.poolers.urlOfEnvironment(value.name, each.file.path);
  const fallback = told === undefined ? partOf(around, value.fallback, each) : {};
  return { environment: value.name, ...(told === undefined ? {} : { told }), ...fallback };
}
