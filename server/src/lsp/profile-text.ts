import type { Pool } from "../core/model.ts";
import type { Evidenced, Profile } from "../core/profile.ts";
import { type ProfileRow, profileRows, reasonOf } from "../core/profile-rows.ts";
import type { Outcome } from "./project.ts";

/** Markdown about a profile is written for one outcome, whose texts tell the lines that evidence stands in. */
export interface ProfileContext {
  readonly outcome: Outcome;
  /** Absent where links to files are not rendered: the words stand alone then. */
  readonly uriOf?: (path: string) => string;
}

/** What is known of the profile, one line a value with the place that says so. Values that are not known are left out. */
export const profileList = (profile: Profile, context: ProfileContext, wanted?: readonly (keyof Profile)[]): string =>
  rowList(profileRows(profile, wanted), context);

export const rowList = (rows: readonly ProfileRow[], context: ProfileContext): string =>
  rows
    .map(({ name, value, evidence: why }) => `- ${name}: **${escaped(value)}** (${evidence(why, context)})`)
    .join("\n");

/** A pool as one line: `node-postgres, application name api`. */
export function poolLabel({ driver, applicationName: { given, name } }: Pool): string {
  const known = name?.kind === "constant" && typeof name.value === "string" ? ` \`${name.value}\`` : "";
  const words = { yes: `application name${known}`, no: "no application name", unknown: "application name not known" };
  return `${driver.label}, ${words[given]}`;
}

/** A link to the line that the evidence stands in. */
function evidence(why: Evidenced<unknown>, context: ProfileContext): string {
  const words = escaped(reasonOf(why));
  return why.place ? linkTo(why.place.path, why.place.span.start, words, context) : words;
}

export function linkTo(path: string, offset: number, words: string, { outcome, uriOf }: ProfileContext): string {
  if (uriOf === undefined) return words;
  return `[${words}](${uriOf(path)}#L${outcome.lines(path).toPosition(offset).line + 1})`;
}

/** Text that means nothing to Markdown. */
export const escaped = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~]/g, "\\$&");

/** Markdown without its marks, for clients that show plain text. */
export const plain = (markdown: string): string =>
  markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/(?<!\\)(\*\*|`)/g, "")
    .replace(/\\(.)/g, "$1");
