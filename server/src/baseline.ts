import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { Finding } from "./core/rule.ts";

export const baselineName = "bouncer-safe-baseline.json";

/** Findings that are known and wait: how many of a rule in a file carry the same message. Lines are left out, so code may move. */
export interface BaselineEntry {
  readonly rule: string;
  /** Relative to the baseline's folder, with `/`. */
  readonly path: string;
  /** Of the message, without its line numbers. */
  readonly hash: string;
  readonly count: number;
}

export interface BaselineResult {
  /** The findings that the baseline does not hold. */
  readonly findings: readonly Finding[];
  readonly hidden: number;
  /** Entries that nothing matches any more, with what is left of their count. */
  readonly unused: readonly BaselineEntry[];
}

/** Reads a baseline. Throws an `Error` whose message is for people where the text is none. */
export const parseBaseline = (text: string): readonly BaselineEntry[] => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`is no JSON: ${(error as Error).message}`);
  }
  const { version, findings } = (value ?? {}) as { version?: unknown; findings?: unknown };
  if (version !== 1 || !Array.isArray(findings))
    throw new Error('is no baseline: it needs "version": 1 and "findings"');
  if (!findings.every(isEntry)) throw new Error('is no baseline: each finding has "rule", "path", "hash" and "count"');
  return findings;
};

export const printBaseline = (findings: readonly Finding[], folder: string): string => {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const entry = entryOf(finding, folder);
    const key = keyOf(entry);
    entries.set(key, { ...entry, count: (entries.get(key)?.count ?? 0) + 1 });
  }
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  return `${JSON.stringify({ version: 1, findings: sorted }, undefined, 2)}\n`;
};

export const applyBaseline = (
  findings: readonly Finding[],
  entries: readonly BaselineEntry[],
  folder: string,
): BaselineResult => {
  const left = new Map<string, BaselineEntry>();
  for (const entry of entries) {
    const key = keyOf(entry);
    left.set(key, { ...entry, count: entry.count + (left.get(key)?.count ?? 0) });
  }
  const kept = findings.filter((finding) => {
    const key = keyOf(entryOf(finding, folder));
    const entry = left.get(key);
    if (!entry) return true;
    if (entry.count > 1) left.set(key, { ...entry, count: entry.count - 1 });
    else left.delete(key);
    return false;
  });
  return { findings: kept, hidden: findings.length - kept.length, unused: [...left.values()] };
};

const entryOf = ({ rule, path, message }: Finding, folder: string): BaselineEntry => ({
  rule,
  path: posix.relative(folder, path),
  hash: createHash("sha256").update(message.replace(/:\d+/g, "")).digest("hex").slice(0, 12),
  count: 1,
});

const keyOf = ({ path, rule, hash }: BaselineEntry): string => `${path}\0${rule}\0${hash}`;

const isEntry = (value: unknown): value is BaselineEntry => {
  const { rule, path, hash, count } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return (
    typeof rule === "string" &&
    typeof path === "string" &&
    typeof hash === "string" &&
    Number.isInteger(count) &&
    (count as number) > 0
  );
};
