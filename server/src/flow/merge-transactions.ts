import type { CallInstruction } from "../core/facts.ts";
import type { Checkout, ImplicitTransaction, Listening, Statement, Transaction } from "../core/model.ts";
import type { Place } from "../core/text.ts";
import type { Explored } from "./open-region.ts";
import type { Opened } from "./opened.ts";
import { samePlace } from "./places.ts";
import type { FunctionNode } from "./program.ts";
import type { Region } from "./regions.ts";
import { type FoundStatement, settleStatements } from "./statements.ts";
import type { Site } from "./values.ts";
import { mergeVisits, type Visits } from "./visits.ts";

export type Writable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** What one file tells. A transaction may begin in a function of another file that this file's handle was given to. */
export interface FileTransactions {
  readonly transactions: ReadonlyMap<CallInstruction, Writable<Transaction>>;
  /** The code inside each transaction. */
  readonly regions: readonly Explored[];
  /** Functions that hand a session or an open transaction to their callers. */
  readonly opened: readonly Opened[];
  readonly checkouts: readonly Checkout[];
  readonly statements: readonly FoundStatement[];
  /** How the sessions that were followed were found at each call, of this file or another. */
  readonly visits: Visits;
  /** The libraries whose transactions statements find by themselves, through AsyncLocalStorage. */
  readonly ambient: ReadonlySet<string>;
  readonly listens: readonly Listening[];
  readonly implicitTransactions: readonly ImplicitTransaction[];
}

/** Leaks told of one handle: more say nothing new. */
export const maximumLeaks = 3;

export interface Merged {
  readonly transactions: readonly Transaction[];
  /** The code inside each transaction, in the same order. */
  readonly regions: readonly Region[];
  readonly checkouts: readonly Checkout[];
  readonly statements: readonly Statement[];
  readonly listens: readonly Listening[];
  readonly implicitTransactions: readonly ImplicitTransaction[];
  /** The libraries whose transactions statements find by themselves. */
  readonly ambient: ReadonlySet<string>;
}

/**
 * Puts together what several functions tell: what they tell of one transaction becomes one. `isVisited`: whether the walks of any function met
 * the call.
 */
export function mergeTransactions(
  files: readonly FileTransactions[],
  ambient: ReadonlySet<string>,
  isVisited: (call: CallInstruction) => boolean,
): Merged {
  const transactions = new Map<CallInstruction, Writable<Transaction>>();
  const checkouts: Checkout[] = [];
  for (const file of files) {
    checkouts.push(...file.checkouts);
    for (const [call, one] of file.transactions) {
      const known = transactions.get(call);
      transactions.set(call, known === undefined ? one : joined(known, one));
    }
  }
  const regions = new Map<CallInstruction, Explored>();
  for (const one of files.flatMap((file) => file.regions)) {
    const { call } = one.transaction;
    const known = regions.get(call);
    const transaction = transactions.get(call) as Writable<Transaction>;
    const region = known === undefined ? one : joinedRegions(known, one);
    regions.set(call, region.transaction === transaction ? region : { ...region, transaction });
  }
  for (const call of begunBefore([...regions.values()])) {
    transactions.delete(call);
    regions.delete(call);
  }
  const visits = mergeVisits(files.map((file) => file.visits));
  const found = files.flatMap((file) => file.statements);
  return {
    transactions: [...transactions.values()],
    regions: [...regions.values()],
    checkouts,
    statements: settleStatements(found, visits, transactions, ambient, isVisited),
    listens: files.flatMap((file) => file.listens),
    implicitTransactions: files.flatMap((file) => file.implicitTransactions),
    ambient,
  };
}

/**
 * First statements on a session that is lent with a transaction open on it, by a context manager or by a helper that calls back: it is one
 * transaction, and whoever lends the session began it.
 */
function begunBefore(regions: readonly Explored[]): readonly CallInstruction[] {
  const implicit = regions.filter(({ transaction }) => transaction.form === "implicit");
  const byCall = new Map(implicit.map((one) => [one.transaction.call, one.sites]));
  const byFunction = new Map<FunctionNode, Explored[]>();
  for (const one of implicit) {
    const [first] = one.entries;
    if (first === undefined || one.transaction.checkout !== undefined) continue;
    const known = byFunction.get(first.each);
    if (known === undefined) byFunction.set(first.each, [one]);
    else known.push(one);
  }
  const found = new Set<CallInstruction>();
  for (const { transaction, entries, sites } of regions) {
    if (transaction.helper === undefined) continue;
    for (const { each, calls, via } of entries) {
      if (via.length > 0) continue;
      for (const call of calls ?? []) if (overlap(byCall.get(call), sites)) found.add(call);
      if (calls !== undefined) continue;
      // All of a callback runs inside. An annotation hides what it is handed.
      for (const one of byFunction.get(each) ?? [])
        if (overlap(one.sites, sites) || [...one.sites].every(({ kind }) => kind === "declared"))
          found.add(one.transaction.call);
    }
  }
  return [...found];
}

const overlap = (some: ReadonlySet<Site> | undefined, others: ReadonlySet<Site>): boolean =>
  some !== undefined && [...some].some((site) => others.has(site));

/** A helper that begins in two places is one transaction for its caller. */
function joinedRegions(known: Explored, made: Explored): Explored {
  return {
    ...made,
    ...known,
    sites: new Set([...known.sites, ...made.sites]),
    entries: [...known.entries, ...made.entries.filter((one) => known.entries.every(({ each }) => each !== one.each))],
    walked: new Set([...(known.walked ?? []), ...(made.walked ?? [])]),
    callbacks: [...known.callbacks, ...made.callbacks],
    lenders: new Set([...known.lenders, ...made.lenders]),
  };
}

function joined(a: Writable<Transaction>, b: Writable<Transaction>): Writable<Transaction> {
  const main = a.checkout === undefined && b.checkout !== undefined ? b : a;
  const other = main === a ? b : a;
  const fresh = <T extends { readonly place: Place }>(mine: readonly T[], theirs: readonly T[]): T[] => [
    ...mine,
    ...theirs.filter((one) => !mine.some((known) => samePlace(known.place, one.place))),
  ];
  return {
    ...main,
    ends: fresh(main.ends, other.ends),
    leaks: [...main.leaks, ...other.leaks].slice(0, maximumLeaks),
    releases: fresh(main.releases, other.releases),
    waits: fresh(main.waits, other.waits),
  };
}
