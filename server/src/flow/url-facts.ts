import type { UrlFacts } from "../core/model.ts";
import type { Place } from "../core/text.ts";

const hole = "\u0000";
const pattern =
  /^([a-z][a-z0-9+.-]*):\/\/(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]*)(?::([^/?#]*))?(?:\/([^?#]*))?(?:\?([^#]*))?/i;

/** What a URL's text shows, holes included. The user and the password are dropped where they stand. */
export function urlOfText(pieces: readonly (string | undefined)[], place: Place, literal: Place | undefined): UrlFacts {
  const text = pieces.map((piece) => piece ?? hole).join("");
  const match = pattern.exec(text);
  if (match === null)
    return { place, parameters: {}, complete: !text.includes(hole), ...(literal === undefined ? {} : { literal }) };
  const [, scheme, host, port, database, query = ""] = match;
  const parameters: Record<string, string> = {};
  for (const pair of query.split("&")) {
    const [name = "", value = ""] = pair.split("=", 2);
    if (name !== "" && !name.includes(hole)) parameters[decode(name)] = value.includes(hole) ? "" : decode(value);
  }
  const number = Number(port);
  return {
    place,
    parameters,
    complete: !query.includes(hole) && !(database ?? "").includes(hole),
    ...(literal === undefined ? {} : { literal }),
    ...known("scheme", scheme),
    ...known("host", host),
    ...known("database", database),
    ...(port === undefined || port === "" || Number.isNaN(number) ? {} : { port: number }),
  };
}

function known<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  if (value === undefined || value === "" || value.includes(hole)) return {};
  return { [key]: value } as Partial<Record<K, string>>;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
