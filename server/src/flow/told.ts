import type { CallInstruction } from "../core/facts.ts";
import { type FileTransactions, type Merged, mergeTransactions, type Writable } from "./merge-transactions.ts";
import type { FileNode, FunctionNode } from "./program.ts";
import { roleOf } from "./roles.ts";
import { findTransactions, type TransactionSurroundings } from "./transactions.ts";
import { unitsOf } from "./units.ts";

/** Functions that are followed together, and what was found. */
interface Unit {
  readonly functions: readonly FunctionNode[];
  readonly told: FileTransactions;
  /** Most functions have nothing to do with a database. */
  readonly isSilent: boolean;
  /** What it says of its own calls can be told without the others. */
  readonly isApart: boolean;
  /** Calls outside of it of which it tells or asks something. */
  readonly foreign: ReadonlySet<CallInstruction>;
  /** What it tells, put together on its own. */
  merged?: { readonly by: string; readonly merged: Merged };
}

/** What functions tell of transactions, kept as long as nothing that it depends on changes. */
export class ToldByFunctions {
  private readonly units = new Map<FileNode, readonly Unit[]>();
  /** Those of the units that tell anything. */
  private readonly telling = new Map<FileNode, readonly Unit[]>();
  private readonly owners = new WeakMap<CallInstruction, Unit>();
  /** The units in which a first statement begins, by their functions: whoever calls one of them may have begun before. */
  private readonly beginning = new WeakMap<FunctionNode, Unit>();
  /** Functions that have to be looked at again. */
  readonly stale = new Set<FunctionNode>();

  /** Everything has to be looked at again. */
  clear(): void {
    this.units.clear();
    this.telling.clear();
  }

  /** Looks at what is stale. Returns the functions that it looked at. */
  renew(files: Iterable<FileNode>, around: TransactionSurroundings): ReadonlySet<FunctionNode> {
    const fresh = new Set<FunctionNode>();
    const staleFiles = new Set([...this.stale].map(({ file }) => file));
    for (const file of files) {
      const known = this.units.get(file);
      if (known !== undefined && !staleFiles.has(file)) continue;
      const units = this.unitsAnew(file, known ?? [], around, fresh);
      this.units.set(file, units);
      this.telling.set(
        file,
        units.filter(({ isSilent }) => !isSilent),
      );
    }
    this.stale.clear();
    return fresh;
  }

  /** Everything that is told by itself, in the order of the files. */
  get all(): readonly FileTransactions[] {
    const all: FileTransactions[] = [];
    for (const units of this.telling.values()) for (const { told } of units) all.push(told);
    return all;
  }

  /** Puts together what all functions tell, and what was found out beyond: most functions speak of themselves alone. */
  merge(more: readonly FileTransactions[]): Merged {
    const ambient = new Set<string>();
    const shared = new Set<Unit>();
    const share = (calls: Iterable<CallInstruction>): void => {
      for (const call of calls) {
        const owner = this.owners.get(call);
        if (owner !== undefined) shared.add(owner);
      }
    };
    for (const units of this.telling.values()) {
      for (const unit of units) {
        for (const name of unit.told.ambient) ambient.add(name);
        if (!unit.isApart || unit.foreign.size > 0) shared.add(unit);
        share(unit.foreign);
      }
    }
    for (const told of more) {
      share(callsIn(told));
      for (const { each } of told.regions.flatMap(({ entries }) => entries)) {
        const unit = this.beginning.get(each);
        if (unit !== undefined) shared.add(unit);
      }
    }
    const apart: Merged[] = [];
    const together: FileTransactions[] = [];
    const by = [...ambient].sort().join(" ");
    for (const units of this.telling.values()) {
      for (const unit of units) {
        if (shared.has(unit)) together.push(unit.told);
        else {
          if (unit.merged?.by !== by) unit.merged = { by, merged: mergeTransactions([unit.told], ambient) };
          apart.push(unit.merged.merged);
        }
      }
    }
    return joined([...apart, mergeTransactions([...together, ...more], ambient)], ambient);
  }

  private unitsAnew(
    file: FileNode,
    before: readonly Unit[],
    around: TransactionSurroundings,
    fresh: Set<FunctionNode>,
  ): readonly Unit[] {
    const known = new Map(before.map((unit) => [unit.functions[0], unit]));
    const units: Unit[] = [];
    for (const functions of unitsOf(file, around.forwarders)) {
      const unit = known.get(functions[0] as FunctionNode);
      const isKept =
        unit?.functions.length === functions.length &&
        functions.every((each, index) => each === unit.functions[index] && !this.stale.has(each));
      if (unit !== undefined && isKept) {
        units.push(unit);
        continue;
      }
      for (const each of functions) fresh.add(each);
      units.push(this.unit(functions, findTransactions(functions, around)));
    }
    return units;
  }

  private unit(functions: readonly FunctionNode[], told: FileTransactions): Unit {
    if (!tellsAnything(told)) return { functions, told, isSilent: true, isApart: true, foreign: none };
    const own = new Set(functions.flatMap(({ calls }) => [...calls.keys()]));
    const foreign = new Set([...callsIn(told), ...begunAt(told)].filter((call) => !own.has(call)));
    // Whether a function that is entered has its session from others as well, their visits tell.
    const isApart = [...told.visits.values()].every(({ entered }) => !entered);
    const unit: Unit = { functions, told, isSilent: false, isApart, foreign };
    for (const call of callsIn(told)) if (own.has(call)) this.owners.set(call, unit);
    const begins = told.regions.some(({ transaction }) => transaction.form === "implicit");
    for (const each of functions) {
      if (begins) this.beginning.set(each, unit);
      else this.beginning.delete(each);
    }
    for (const { statement } of told.statements) this.owners.set(statement.call, unit);
    return unit;
  }
}

const none: ReadonlySet<CallInstruction> = new Set();

const tellsAnything = (told: FileTransactions): boolean =>
  told.statements.length > 0 ||
  told.regions.length > 0 ||
  told.checkouts.length > 0 ||
  told.opened.length > 0 ||
  told.transactions.size > 0 ||
  told.visits.size > 0 ||
  told.ambient.size > 0 ||
  told.listens.length > 0 ||
  told.implicitTransactions.length > 0;

/** The calls of which something is told that others may tell more of. */
function* callsIn({ transactions, regions, visits }: FileTransactions): Generator<CallInstruction> {
  yield* transactions.keys();
  for (const { transaction, entries } of regions) {
    yield transaction.call;
    for (const { calls } of entries) if (calls) yield* calls;
  }
  for (const [call, { begins }] of visits) {
    yield call;
    yield* begins;
  }
}

/** The calls that begin the transactions whose handles statements are sent through. */
const begunAt = ({ statements }: FileTransactions): readonly CallInstruction[] =>
  statements.flatMap(({ handle }) =>
    handle?.site.call !== undefined && roleOf(handle) === "transaction" ? [handle.site.call] : [],
  );

/** Most parts tell one thing of one function: plain loops, as this is done with every key. */
function joined(parts: readonly Merged[], ambient: ReadonlySet<string>): Merged {
  const all: Writable<Merged> = {
    transactions: [],
    regions: [],
    checkouts: [],
    statements: [],
    listens: [],
    implicitTransactions: [],
    ambient,
  };
  for (const part of parts) {
    for (const one of part.transactions) all.transactions.push(one);
    for (const one of part.regions) all.regions.push(one);
    for (const one of part.checkouts) all.checkouts.push(one);
    for (const one of part.statements) all.statements.push(one);
    for (const one of part.listens) all.listens.push(one);
    for (const one of part.implicitTransactions) all.implicitTransactions.push(one);
  }
  return all;
}
