import { FactsCache, type FactsPlace, type Known } from "./cache/facts-cache.ts";
import { carryOver } from "./core/carry-over.ts";
import type { FileFacts } from "./core/facts.ts";
import type { Model } from "./core/model.ts";
import type { Profile, SetUpPooler } from "./core/profile.ts";
import type { Finding, Fix, Report, Rule } from "./core/rule.ts";
import type { Snapshot } from "./core/snapshot.ts";
import type { Place } from "./core/text.ts";
import { Linker, type Resolution } from "./flow/index.ts";
import { lowerIni } from "./frontends/ini/index.ts";
import { isPython } from "./frontends/languages.ts";
import { createResolver } from "./frontends/resolve.ts";
import { differInPoolersAlone, type Poolers, readPoolers } from "./pooler/index.ts";
import { rules } from "./rules/index.ts";
import { Selector } from "./selection/select.ts";
import { loadSqlParser } from "./sql/index.ts";
import { suppress, unusedSuppression } from "./suppressions.ts";

export interface Crash {
  readonly path?: string;
  readonly rule?: string;
  readonly message: string;
}

export interface Analysis {
  /** After suppression, by path, then position, then rule. */
  readonly findings: readonly Finding[];
  readonly model: Model;
  readonly facts: ReadonlyMap<string, FileFacts>;
  /** What is assumed where no pool says otherwise: for the status item and the report. */
  readonly profile: Profile;
  /** The poolers that files of the workspace set up, with what is of single databases and users; the best described first. */
  readonly poolers: readonly SetUpPooler[];
  /** Files and rules that failed; each costs only its own findings. */
  readonly crashes: readonly Crash[];
  /** Milliseconds by stage (`collect`, `link`, `check`, `suppress` …) and by rule (`check/<rule>`). */
  readonly timing: readonly { readonly stage: string; readonly ms: number }[];
}

/** Analyses snapshot after snapshot; keeps what did not change from one to the next. Same snapshot, same findings. */
export interface Analyzer {
  analyze(snapshot: Snapshot): Promise<Analysis>;
  /** Leaves the facts of the last snapshot's files to the next run, where any of them are new; takes its time. Absent where nothing is kept. */
  readonly keep?: () => void;
  /** Loads what the next edit needs and what kept facts were known without. */
  readonly prepare?: () => void;
}

/** What knows a syntax, one a language, loaded with the first file that needs it: TypeScript's compiler takes a third of a second. */
interface FrontEnds {
  python?: FrontEnd;
  typescript?: FrontEnd;
}

interface FrontEnd {
  /** `last`: the text before and its facts, which may be taken apart for the new ones. */
  lower(path: string, text: string, last: { readonly facts: FileFacts; readonly text: string } | undefined): FileFacts;
}

/** @param place where facts are kept from one run to the next; without it, nowhere */
export function createAnalyzer(place?: FactsPlace): Analyzer {
  const cache = place && new FactsCache(place);
  const kept: Kept = {
    cache,
    isNew: false,
    collected: new Map(),
    frontEnds: {},
    linker: new Linker(),
    selector: new Selector(),
    resolver: undefined,
    runs: 0,
  };
  let last: { readonly snapshot: Snapshot; readonly analysis: Analysis } | undefined;
  return {
    async analyze(snapshot) {
      if (last?.snapshot === snapshot) return last.analysis;
      const analysis = await analyzeWith(snapshot, kept);
      last = { snapshot, analysis };
      return analysis;
    },
    ...(cache && {
      keep: () => {
        if (kept.isNew) cache.keep(kept.collected);
        kept.isNew = false;
      },
    }),
    prepare: () => {
      // TypeScript's parser is read with the first text, whatever it says.
      for (const frontEnd of Object.values(kept.frontEnds) as readonly FrontEnd[]) frontEnd.lower("", "", undefined);
    },
  };
}

type Collected = Map<string, Known>;
type Resolver = (from: string, specifier: string) => Resolution;

/** What is kept from one snapshot to the next. */
interface Kept {
  readonly cache: FactsCache | undefined;
  /** Whether there are facts that the cache does not know. */
  isNew: boolean;
  readonly collected: Collected;
  readonly frontEnds: FrontEnds;
  readonly linker: Linker;
  readonly selector: Selector;
  runs: number;
  resolver:
    | {
        readonly resolve: Resolver;
        readonly configurations: Snapshot["configurations"];
        readonly paths: ReadonlySet<string>;
      }
    | undefined;
}

async function analyzeWith(snapshot: Snapshot, kept: Kept): Promise<Analysis> {
  const crashes: Crash[] = [];
  const clock = new Clock();
  const isAny = snapshot.sources.size > 0;
  // Another thread compiles it while files are read; a turn, and it has begun.
  const loading = isAny ? loadSqlParser() : undefined;
  if (isAny && kept.runs === 0) await new Promise(setImmediate);
  await loadFrontEnds(snapshot.sources.keys(), kept.frontEnds);
  clock.lap("load");
  const poolers = readPoolers(snapshot);
  clock.lap("profile");
  const resolve = resolverFor(snapshot, kept);
  const run = ++kept.runs;
  const facts = isAny ? collect(snapshot, kept, resolve, poolers, crashes) : new Map<string, FileFacts>();
  clock.lap("collect");
  await loading;
  clock.lap("load SQL");
  const model = kept.linker.link({ snapshot, facts, poolers, resolve });
  clock.lap("link");
  const found = check(model, snapshot, crashes, clock, () => run === kept.runs);
  clock.lap("check");
  for (const path of pathsOf(model)) facts.set(path, lowerIni(path, model.text(path)));
  const names = rules.map(({ name }) => name);
  const findings = [...suppress(found, facts, snapshot.settings.rules[unusedSuppression], names)].sort(byPlace);
  clock.lap("suppress");
  return { findings, model, facts, profile: poolers.main, poolers: poolers.setUp, crashes, timing: clock.laps };
}

/** The ini files of PgBouncer: they have findings and suppressions of their own. */
const pathsOf = ({ bouncers }: Model): readonly string[] =>
  bouncers.flatMap(({ files }) => files.map(({ path }) => path));

/** Where imports lead changes with the files that there are and with the configuration, not with what is typed. */
function resolverFor(snapshot: Snapshot, kept: Kept): Resolver {
  const { configurations, sources } = snapshot;
  const known = kept.resolver;
  const isSame =
    known?.paths.size === sources.size &&
    [...sources.keys()].every((path) => known.paths.has(path)) &&
    (known.configurations === configurations || differInPoolersAlone(known.configurations, configurations));
  if (known && isSame) return known.resolve;
  kept.resolver = { resolve: createResolver(snapshot), configurations, paths: new Set(sources.keys()) };
  return kept.resolver.resolve;
}

/** Loads the front ends of the languages that there are files of. */
async function loadFrontEnds(paths: Iterable<string>, loaded: FrontEnds): Promise<void> {
  const languages = new Set([...paths].map((path) => (isPython(path) ? "python" : "typescript")));
  if (languages.has("python")) loaded.python ??= new (await import("./frontends/python/index.ts")).FrontEnd();
  if (languages.has("typescript"))
    loaded.typescript ??= new (await import("./frontends/typescript/index.ts")).FrontEnd();
}

/** The facts of the sources that are worth a parse. A file that crashes the front end is set aside and named. */
function collect(
  snapshot: Snapshot,
  kept: Kept,
  resolve: Resolver,
  poolers: Poolers,
  crashes: Crash[],
): Map<string, FileFacts> {
  const { cache, collected, frontEnds, selector } = kept;
  for (const path of collected.keys()) if (!snapshot.sources.has(path)) collected.delete(path);
  const facts = new Map<string, FileFacts | undefined>();
  const lower = (path: string): FileFacts | undefined => {
    const text = snapshot.sources.get(path) as string;
    const known = collected.get(path);
    if (known?.text === text) return known.facts;
    const facts = known === undefined ? cache?.factsOf(path, text) : undefined;
    if (facts !== undefined) {
      collected.set(path, { text, facts });
      return facts;
    }
    kept.isNew = true;
    try {
      const frontEnd = isPython(path) ? frontEnds.python : frontEnds.typescript;
      const lowered = (frontEnd as FrontEnd).lower(path, text, known);
      const own = known === undefined ? lowered : carryOver(known.facts, lowered);
      collected.set(path, { text, facts: own });
      return own;
    } catch (error) {
      collected.delete(path);
      crashes.push({ path, message: messageOf(error) });
      return undefined;
    }
  };
  const factsOf = (path: string): FileFacts | undefined => {
    if (!facts.has(path)) facts.set(path, lower(path));
    return facts.get(path);
  };
  const profiles = [poolers.main, ...poolers.setUp.map(({ profile }) => profile)];
  const byStatement = profiles.some(({ mode }) => mode.value === "statement");
  const chosen = selector.select({ snapshot, resolve, byStatement, factsOf });
  const found = new Map<string, FileFacts>();
  for (const path of snapshot.sources.keys()) {
    const own = chosen.has(path) ? factsOf(path) : undefined;
    if (own !== undefined) found.set(path, own);
  }
  return found;
}

/** Runs each rule on its own: one that crashes costs only its own findings. */
function check(
  model: Model,
  snapshot: Snapshot,
  crashes: Crash[],
  clock: Clock,
  isNewest: () => boolean,
): readonly Finding[] {
  const findings: Finding[] = [];
  const fixesOf = (rule: Rule, report: Report): readonly Fix[] => {
    try {
      return fixesIn(report, isNewest);
    } catch (error) {
      crashes.push({ rule: rule.name, message: messageOf(error) });
      return [];
    }
  };
  for (const rule of rules) {
    const setting = snapshot.settings.rules[rule.name];
    if (setting === "off") continue;
    try {
      const own = [...reports(rule, model, setting, (report) => fixesOf(rule, report))];
      // `finally` is looked through once for each way that leads there: what is found in it is one finding.
      findings.push(...once(own, ({ path, span, message }) => `${path} ${span.start} ${span.end} ${message}`));
    } catch (error) {
      crashes.push({ rule: rule.name, message: messageOf(error) });
    }
    clock.note(`check/${rule.name}`);
  }
  return findings;
}

function* reports(
  rule: Rule,
  model: Model,
  setting: Finding["severity"] | undefined,
  fixesOf: (report: Report) => readonly Fix[],
): Generator<Finding> {
  for (const report of rule.check(model)) {
    const related = once(report.related ?? [], ({ place, message }) => `${place.path} ${place.span.start} ${message}`);
    let fixes = typeof report.fixes === "function" ? undefined : fixesOf(report);
    yield {
      rule: rule.name,
      ...standing(report.place),
      severity: setting ?? report.severity ?? rule.severity,
      message: report.message,
      related: related.map((one) => ({ ...one, place: standing(one.place) })),
      get fixes() {
        fixes ??= fixesOf(report);
        return fixes;
      },
    };
  }
}

/** The fixes of a report; none where they are asked for too late: the facts that they are made from are those of another text by now. */
function fixesIn({ fixes = [] }: Report, isNewest: () => boolean): readonly Fix[] {
  if (typeof fixes === "function" && !isNewest()) return [];
  return (typeof fixes === "function" ? fixes() : fixes).map((fix) => ({
    ...fix,
    edits: fix.edits.map((edit) => ({ ...edit, ...standing(edit) })),
  }));
}

/** A place of its own: the spans of facts move with the text, a finding is of one text. */
const standing = ({ path, span }: Place): Place => ({ path, span: { start: span.start, end: span.end } });

/** The first of those that have the same key. */
function once<T>(all: readonly T[], key: (one: T) => string): readonly T[] {
  const seen = new Set<string>();
  return all.filter((one) => seen.size < seen.add(key(one)).size);
}

function byPlace(a: Finding, b: Finding): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}

const messageOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** Milliseconds since the last lap, by name. */
class Clock {
  readonly laps: { readonly stage: string; readonly ms: number }[] = [];
  private started = performance.now();
  private noted = this.started;

  lap(stage: string): void {
    const now = performance.now();
    this.laps.push({ stage, ms: now - this.started });
    this.started = this.noted = now;
  }

  /** Part of the lap that is running. */
  note(stage: string): void {
    const now = performance.now();
    this.laps.push({ stage, ms: now - this.noted });
    this.noted = now;
  }
}
