import type { Pool } from "../core/model.ts";
import type { Evidenced } from "../core/profile.ts";
import type { Place } from "../core/text.ts";
import type { IniReader } from "./ini-documents.ts";
import { escaped, linkTo, poolLabel } from "./profile-text.ts";
import type { Outcome } from "./project.ts";
import type { Session } from "./session.ts";

/** More would hide the rest of a hover. */
const shown = 5;

/** The pools whose profile rests on the text at the place, as Markdown; undefined where there are none. */
export function poolsMarkdown(place: Place, outcome: Outcome, session: Session): string | undefined {
  const pools = outcome.analysis?.model.pools.filter((pool) => restsOn(pool, place)) ?? [];
  if (pools.length === 0) return undefined;
  const lines = pools.slice(0, shown).map((pool) => {
    const { path, span } = pool.place;
    const name = `${nameIn(path, outcome)}:${outcome.lines(path).toPosition(span.start).line + 1}`;
    return `- ${linkTo(path, span.start, escaped(name), { ...session, outcome })}: ${poolLabel(pool)}`;
  });
  const rest = pools.length > shown ? [`- and ${pools.length - shown} more`] : [];
  return [
    pools.length === 1 ? "One pool is judged by it:" : `${pools.length} pools are judged by it:`,
    "",
    ...lines,
    ...rest,
  ].join("\n");
}

function restsOn({ profile }: Pool, { path, span }: Place): boolean {
  return (Object.values(profile) as readonly (Evidenced<unknown> | undefined)[]).some(
    (value) => value?.place?.path === path && value.place.span.start < span.end && span.start < value.place.span.end,
  );
}

/** The PgBouncer that reads the file, as far as the workspace knows it. */
export function readerOf(path: string, outcome: Outcome | undefined): IniReader {
  const analysis = outcome?.analysis;
  const bouncer = analysis?.model.bouncers.find(({ files }) => files.some((file) => file.path === path));
  // A file that no PgBouncer of the workspace reads is most likely meant for the one that is there.
  const version = bouncer ? bouncer.version : analysis?.profile.version;
  const first = bouncer?.entries.find((entry) => entry.path === path);
  const file = bouncer?.files.find((each) => each.path === path);
  // An included file goes on in the section that is open where it is included.
  const goesOn = first && file?.ini.loose.some(({ keySpan }) => keySpan.start === first.entry.keySpan.start);
  return { version: version?.value, opened: goesOn ? first.section : undefined };
}

const nameIn = (path: string, { snapshot }: Outcome): string => {
  const root = snapshot.roots.find((each) => path.startsWith(`${each}/`));
  return root === undefined ? path : path.slice(root.length + 1);
};
