import type { UrlFacts } from "../../../server/src/core/model.ts";
import type { Evidenced, Profile } from "../../../server/src/core/profile.ts";
import { parseUrl } from "../../../server/src/pooler/index.ts";

export const from = "/w/src/db.ts";

/** `value | strength | words` of each value that is asked for. */
export const told = (profile: Profile, ...keys: readonly (keyof Profile)[]): readonly string[] =>
  keys.map((key) => {
    const evidence = profile[key] as Evidenced<unknown> | undefined;
    return evidence ? `${String(evidence.value)} | ${evidence.strength} | ${evidence.words}` : "–";
  });

/** A URL as the code's front end hands it over. */
export const url = (text: string): UrlFacts => ({
  place: { path: from, span: { start: 0, end: 1 } },
  parameters: {},
  complete: true,
  ...parseUrl(text),
});

/** `process.env.NAME` as the code's front end hands it over. */
export const named = (environment: string): UrlFacts => ({
  place: { path: from, span: { start: 0, end: 1 } },
  environment,
  parameters: {},
  complete: false,
});
