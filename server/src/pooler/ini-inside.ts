import type { Evidenced } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Span } from "../core/text.ts";
import type { FoundPooler } from "./found.ts";
import { poolersOfIniFiles } from "./ini-poolers.ts";
import type { ProfilePart } from "./settings.ts";
import type { Tree } from "./tree.ts";

/**
 * The PgBouncer of an ini that is a text in another file: in a ConfigMap, in the values of a chart. `decoded`: what it means, where that is not
 * what is written. Undefined where the text has no [pgbouncer] section.
 */
export const poolerOfIniText = (
  snapshot: Snapshot,
  { path, text }: { readonly path: string; readonly text: string },
  value: Tree & { readonly kind: "text" },
  decoded?: string,
): FoundPooler | undefined => {
  if (!section.test(decoded ?? value.text)) return undefined;
  const { start, end } = value.span;
  const head = text.slice(start, end).indexOf("\n");
  // A block of lines as they are: with blanks for everything else, places in the ini are places in the file.
  if (decoded === undefined && /[|>]/.test(text.charAt(start)) && head >= 0)
    return read(snapshot, path, blank(text.slice(0, start + head)) + text.slice(start + head, end), (place) => place);
  // In another form (one line with `\n`, base64) all that it says stands where it begins.
  const above = "\n".repeat(text.slice(0, start).split("\n").length - 1);
  return read(snapshot, path, above + (decoded ?? value.text), () => value.span, above.length + 1);
};

const section = /^[ \t]*\[pgbouncer\]/m;

const blank = (text: string): string => text.replace(/[^\n]/g, " ");

/** Reads an ini as if it were a file in a folder of the other file's name, then puts every place back. */
const read = (
  snapshot: Snapshot,
  path: string,
  ini: string,
  place: (span: Span) => Span,
  line?: number,
): FoundPooler | undefined => {
  const inside = `${path}/pgbouncer.ini`;
  const [found] = poolersOfIniFiles({ ...snapshot, configurations: new Map([[inside, ini]]) });
  if (!found) return undefined;
  const back = (part: ProfilePart): ProfilePart =>
    Object.fromEntries(
      Object.entries<Evidenced<unknown>>(part).map(([key, evidence]) => [
        key,
        {
          ...evidence,
          words: evidence.words.replace(/\/pgbouncer\.ini:(\d+)/, (_, own: string) => `:${line ?? own}`),
          ...(evidence.place ? { place: { path, span: place(evidence.place.span) } } : {}),
        },
      ]),
    );
  return {
    ...found,
    path,
    part: { ...back(found.part), kind: back(found.part).kind ?? found.part.kind },
    databases: new Map([...found.databases].map(([name, part]) => [name, back(part)])),
    users: found.users.map((user) => ({ ...user, part: back(user.part) })),
  };
};
