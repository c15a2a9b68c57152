import type { Bouncer, IniFile, PlacedEntry } from "../core/ini.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Place, Span } from "../core/text.ts";
import { isSectionName, settingNamed } from "./index.ts";
import { readIni } from "./ini.ts";
import { isFilledIn } from "./values.ts";

/** A PgBouncer's configuration by its files alone. */
export type Configuration = Omit<Bouncer, "version" | "pools" | "consolePools" | "serverConnections">;

/**
 * Every PgBouncer that an ini file of the workspace configures, includes read in place. Files of other programs that happen to have such a section
 * (an inventory of hosts with a group [pgbouncer], an application with its [databases]) are left out.
 */
export const readConfigurations = (snapshot: Snapshot): readonly Configuration[] => {
  const known = kept.get(snapshot.configurations);
  if (known) return known;
  const reader = new Reader(snapshot);
  const paths = [...snapshot.configurations.keys()].filter((path) => /\.ini$/i.test(path)).sort();
  const made = paths.map((path) => reader.read(path)).filter((each) => each !== undefined);
  const configurations = made.filter(({ path }) => !reader.included.has(path));
  kept.set(snapshot.configurations, configurations);
  return configurations;
};

/** Snapshots share the map of their configuration files as long as none changes. */
const kept = new WeakMap<Snapshot["configurations"], readonly Configuration[]>();

/** PgBouncer stops at this depth too. */
const deepestInclude = 10;

class Reader {
  readonly included = new Set<string>();
  readonly #snapshot: Snapshot;
  readonly #files = new Map<string, IniFile>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  read(path: string): Configuration | undefined {
    const files = new Map<string, IniFile>();
    const entries: PlacedEntry[] = [];
    const state: State = { section: undefined, round: 0, complete: true, circular: [] };
    this.#meet(path, state, files, entries, []);
    const hasMain = [...files.values()].some(({ sections }) => sections.some(({ name }) => name === "pgbouncer"));
    if (!isOurs(path, files, entries)) return undefined;
    const role = hasMain || isMainName(path) ? "main" : "fragment";
    const settings = new Map(
      entries
        .filter(({ section, round }) => section === "pgbouncer" && round === state.round)
        .map((placed) => [placed.entry.key, placed]),
    );
    return {
      path,
      role,
      files: [...files].map(([each, ini]) => ({ path: each, ini })),
      complete: state.complete && role === "main",
      circular: state.circular,
      template: isTemplate(this.#snapshot, files),
      entries,
      settings,
    };
  }

  #meet(
    path: string,
    state: State,
    files: Map<string, IniFile>,
    entries: PlacedEntry[],
    above: readonly string[],
  ): void {
    const ini = this.#file(path);
    if (!ini) return;
    files.set(path, ini);
    for (const step of stepsOf(ini)) {
      if (step.kind === "header") {
        state.section = step.name;
        if (step.name === "pgbouncer") state.round += 1;
      } else if (step.kind === "entry") {
        entries.push({ path, section: state.section, entry: step.entry, round: state.round });
      } else {
        const target = includedPath(this.#snapshot, path, step.file);
        if (target === undefined || above.length >= deepestInclude) state.complete = false;
        else if (target === path || above.includes(target)) state.circular.push({ path, span: step.span });
        else {
          this.included.add(target);
          // A section that the included file opens stays open behind it (seen with 1.18).
          this.#meet(target, state, files, entries, [...above, path]);
        }
      }
    }
  }

  #file(path: string): IniFile | undefined {
    const text = this.#snapshot.configurations.get(path);
    if (text === undefined) return undefined;
    const ini = this.#files.get(path) ?? readIni(text);
    this.#files.set(path, ini);
    return ini;
  }
}

interface State {
  section: string | undefined;
  round: number;
  complete: boolean;
  readonly circular: Place[];
}

type Step =
  | { readonly kind: "header"; readonly at: number; readonly name: string }
  | { readonly kind: "entry"; readonly at: number; readonly entry: PlacedEntry["entry"] }
  | { readonly kind: "include"; readonly at: number; readonly span: Span; readonly file: string };

const stepsOf = ({ sections, loose, includes }: IniFile): readonly Step[] =>
  [
    ...sections.map(({ name, headerSpan }): Step => ({ kind: "header", at: headerSpan.start, name })),
    ...[...loose, ...sections.flatMap(({ entries }) => entries)].map(
      (entry): Step => ({ kind: "entry", at: entry.keySpan.start, entry }),
    ),
    ...includes.map(({ file, span }): Step => ({ kind: "include", at: span.start, span, file })),
  ].sort((a, b) => a.at - b.at);

/** PgBouncer looks from its working directory, which is not known: beside the file first, then any file of that name. */
const includedPath = (snapshot: Snapshot, from: string, name: string): string | undefined => {
  const folder = from.slice(0, from.lastIndexOf("/") + 1);
  const relative = name.replace(/^\.\//, "");
  const beside = [folder + relative, ...snapshot.roots.map((root) => `${root}/${relative}`)];
  const exact = beside.find((path) => snapshot.configurations.has(path));
  if (exact !== undefined) return exact;
  const last = `/${name.slice(name.lastIndexOf("/") + 1)}`;
  const same = [...snapshot.configurations.keys()].filter((path) => path.endsWith(last));
  return same.length === 1 ? same[0] : undefined;
};

/** The name under which PgBouncer is given its configuration. */
const isMainName = (path: string): boolean => /(?:^|\/)pgbouncer\.ini$/i.test(path);

/** By its name, or by settings of PgBouncer in [pgbouncer]. */
const isOurs = (path: string, files: ReadonlyMap<string, IniFile>, entries: readonly PlacedEntry[]): boolean => {
  const names = [...files.values()].flatMap(({ sections }) => sections.map(({ name }) => name));
  if (isMainName(path)) return true;
  if (/pgbouncer[^/]*(?:\/[^/]*)?$/i.test(path)) return names.some((name) => isSectionName(name.trim().toLowerCase()));
  const own = entries.filter(({ section }) => section === "pgbouncer");
  const known = own.filter(({ entry }) => settingNamed("pgbouncer", entry.key.toLowerCase()));
  return known.length > 0 && known.length * 2 >= own.length;
};

const isTemplate = (snapshot: Snapshot, files: ReadonlyMap<string, IniFile>): boolean =>
  [...files].some(([path, { unreadable, includes, sections, loose }]) => {
    const text = snapshot.configurations.get(path) ?? "";
    const entries = [...loose, ...sections.flatMap((section) => section.entries)];
    const spans = [...unreadable, ...includes].map(({ span }) => text.slice(span.start, span.end));
    return [...spans, ...entries.map(({ key }) => key)].some(isFilledIn);
  });
