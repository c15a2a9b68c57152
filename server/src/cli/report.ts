import { posix } from "node:path";
import type { Analysis } from "../analyze.ts";
import type { Known, Pool, Transaction } from "../core/model.ts";
import type { Profile } from "../core/profile.ts";
import { profileRows } from "../core/profile-rows.ts";
import type { Finding, Fix, Severity } from "../core/rule.ts";
import { holdsSecret, maskSecrets } from "../core/secrets.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Place } from "../core/text.ts";
import { type Lines, linesOf, type Position, positionsOf } from "./lines.ts";

/**
 * The report as `--format json` prints it: a contract. Lines and columns from 1 (UTF-16 units), paths relative to the folder checked, with `/`. No
 * password is in it. The other formats are made from this one.
 */
export interface Report {
  readonly version: string;
  readonly profile: ReportedProfile;
  readonly files: { readonly seen: number; readonly analysed: number };
  readonly findings: readonly ReportedFinding[];
  readonly inventory: {
    readonly pools: readonly ReportedPool[];
    readonly transactions: readonly ReportedTransaction[];
  };
  readonly crashes: readonly ReportedCrash[];
}

export interface Range {
  readonly path: string;
  readonly start: Position;
  readonly end: Position;
}

export interface ReportedFinding extends Range {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly related: readonly (Range & { readonly message: string })[];
  readonly fixes: readonly ReportedFix[];
}

export interface ReportedFix {
  readonly title: string;
  readonly safety: Fix["safety"];
  readonly edits: readonly (Range & { readonly newText: string })[];
}

export interface ReportedPool extends Range {
  readonly library: string;
  /** By dotted path: the value where it is known, else a few words in angle brackets. */
  readonly options: Readonly<Record<string, string | number | boolean | null>>;
  /** null: nobody names it. */
  readonly applicationName: string | null;
}

export interface ReportedTransaction extends Range {
  readonly library: string;
  readonly form: Transaction["form"];
}

export interface ReportedCrash {
  readonly path?: string;
  readonly rule?: string;
  readonly message: string;
}

export type ReportedProfile = {
  readonly [K in keyof Profile]?: {
    readonly value: unknown;
    readonly strength: "stated" | "weak" | "assumed";
    readonly words: string;
    readonly path?: string;
    readonly start?: Position;
    readonly end?: Position;
  };
};

export interface ReportInput {
  readonly version: string;
  /** Paths are told relative to this folder. */
  readonly folder: string;
  readonly snapshot: Snapshot;
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
  readonly crashes: readonly { readonly path?: string; readonly rule?: string; readonly message: string }[];
}

export const createReport = ({ version, folder, snapshot, analysis, findings, crashes }: ReportInput): Report => {
  const texts = createTexts(snapshot);
  const range = rangeIn(texts, folder);
  return {
    version,
    profile: reportProfile(analysis.profile, range),
    files: {
      seen: snapshot.seen,
      analysed: [...analysis.facts.values()].filter(({ language }) => language !== "ini").length,
    },
    findings: findings.map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      message: maskSecrets(finding.message),
      ...range(finding),
      related: finding.related.map(({ place, message }) => ({ ...range(place), message: maskSecrets(message) })),
      // An edit that carries a password over cannot be told, and with stars in it would do harm.
      fixes: finding.fixes
        .filter(({ edits }) => !edits.some(({ newText }) => holdsSecret(newText)))
        .map(({ title, safety, edits }) => ({
          title: maskSecrets(title),
          safety,
          edits: edits.map((edit) => ({ ...range(edit), newText: edit.newText })),
        })),
    })),
    inventory: {
      pools: analysis.model.pools.map((pool) => reportPool(pool, range)),
      transactions: [...analysis.model.transactions].sort(byPlace).map(({ place, driver, form }) => ({
        ...range(place),
        library: driver.name,
        form,
      })),
    },
    crashes: crashes.map(({ path, rule, message }) => ({
      ...(path === undefined ? {} : { path: relativePath(folder, path) }),
      ...(rule === undefined ? {} : { rule }),
      message: maskSecrets(message),
    })),
  };
};

/** The lines of any file of the snapshot. A place in a file that is not part of it (an environment's, say) counts from an empty text. */
export const createTexts = (snapshot: Snapshot): ((path: string) => Lines) => {
  const known = new Map<string, Lines>();
  return (path) => {
    const lines = known.get(path) ?? linesOf(snapshot.sources.get(path) ?? snapshot.configurations.get(path) ?? "");
    known.set(path, lines);
    return lines;
  };
};

/** Places as they are told: relative to the folder, lines and columns from 1. */
export const rangeIn =
  (texts: (path: string) => Lines, folder: string) =>
  (place: Place): Range => ({
    path: relativePath(folder, place.path),
    ...positionsOf(texts(place.path), place.span),
  });

export const relativePath = (folder: string, path: string): string => posix.relative(folder, path) || ".";

/** What is known of a profile, by the profile's own names, the most telling first. */
export const reportProfile = (profile: Profile, range: (place: Place) => Range): ReportedProfile =>
  Object.fromEntries(
    profileRows(profile).map(({ key, evidence: { value, strength, words, place } }) => [
      key,
      {
        value: key === "version" ? (value as readonly number[]).join(".") : value,
        strength,
        words: maskSecrets(words),
        ...(place ? range(place) : {}),
      },
    ]),
  );

const reportPool = (pool: Pool, range: (place: Place) => Range): ReportedPool => ({
  ...range(pool.place),
  library: pool.driver.name,
  options: Object.fromEntries(
    pool.options.entries.map(({ path, means, value }) => [path, means === "password" ? "<secret>" : showKnown(value)]),
  ),
  applicationName:
    pool.applicationName.given === "no"
      ? null
      : pool.applicationName.name
        ? String(showKnown(pool.applicationName.name))
        : "<unknown>",
});

const showKnown = (known: Known): string | number | boolean | null => {
  switch (known.kind) {
    case "constant":
      return typeof known.value === "string" ? maskSecrets(known.value) : (known.value ?? null);
    case "environment":
      return `<environment ${known.name}>`;
    case "text":
      return maskSecrets(known.pieces.map((piece) => piece ?? "<…>").join(""));
    case "either":
      return `<${known.of.map((one) => String(showKnown(one))).join(" or ")}>`;
    default:
      return `<${known.kind}>`;
  }
};

const byPlace = ({ place: a }: { readonly place: Place }, { place: b }: { readonly place: Place }): number =>
  a.path === b.path ? a.span.start - b.span.start : a.path < b.path ? -1 : 1;
