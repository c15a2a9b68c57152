import type { UrlFacts } from "../core/model.ts";
import type { Place } from "../core/text.ts";
import { parseUrl } from "../pooler/index.ts";

/** What a URL's text shows, holes included. The user and the password are dropped where the text is read. */
export function urlOfText(pieces: readonly (string | undefined)[], place: Place, literal: Place | undefined): UrlFacts {
  const parts = parseUrl(pieces) ?? { parameters: {}, complete: !pieces.includes(undefined) };
  return { place, ...parts, ...(literal === undefined ? {} : { literal }) };
}
