import { type PoolerEntry, rowsOf } from "../core/poolers.ts";
import { profileLabel, reasonOf } from "../core/profile-rows.ts";
import type { Lines } from "./lines.ts";
import { type Range, type ReportedProfile, rangeIn, relativePath, reportProfile } from "./report.ts";

/** The poolers as tables, each with its pools. */
export const printPoolers = (
  entries: readonly PoolerEntry[],
  where: { readonly lines: (path: string) => Lines; readonly folder: string },
): string => entries.map((entry) => printPooler(entry, where)).join("\n");

const printPooler = (
  entry: PoolerEntry,
  { lines, folder }: { readonly lines: (path: string) => Lines; readonly folder: string },
): string => {
  const { profile, scope, main, pools } = entry;
  const notes = [scope, main ? "where nothing else is said" : undefined].filter((note) => note !== undefined);
  const poolRows = pools.map(({ place, driver }) => {
    const { line, column } = lines(place.path).positionAt(place.span.start);
    return ["pool", driver.label, `${relativePath(folder, place.path)}:${line}:${column}`];
  });
  const rows = [...rowsOf(entry).map(({ name, value, evidence }) => [name, value, reasonOf(evidence)]), ...poolRows];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const head = `${profileLabel(profile)}${notes.length > 0 ? `, ${notes.join(", ")}` : ""}\n`;
  return head + rows.map(([a, b, c]) => `  ${a!.padEnd(widths[0]!)}  ${b!.padEnd(widths[1]!)}  ${c}\n`).join("");
};

/** What `profile --format json` prints: a contract, as the report is. */
export interface ReportedPooler {
  readonly label: string;
  readonly main: boolean;
  readonly scope?: string;
  readonly profile: ReportedProfile;
  readonly pools: readonly (Range & { readonly library: string })[];
}

export const reportPoolers = (
  entries: readonly PoolerEntry[],
  lines: (path: string) => Lines,
  folder: string,
): readonly ReportedPooler[] => {
  const range = rangeIn(lines, folder);
  return entries.map(({ profile, scope, main, pools }) => ({
    label: profileLabel(profile),
    main,
    ...(scope === undefined ? {} : { scope }),
    profile: reportProfile(profile, range),
    pools: pools.map(({ place, driver }) => ({ ...range(place), library: driver.name })),
  }));
};
