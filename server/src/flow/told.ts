import { concernsCallers } from "./callers.ts";
import type { FileTransactions } from "./merge-transactions.ts";
import type { FileNode, FunctionNode } from "./program.ts";
import { findTransactions, type TransactionSurroundings } from "./transactions.ts";
import { unitsOf } from "./units.ts";

/** Functions that are followed together, and what was found. */
interface Unit {
  readonly functions: readonly FunctionNode[];
  readonly told: FileTransactions;
  /** Most functions have nothing to do with a database. */
  readonly isSilent: boolean;
}

/** What functions tell of transactions, kept as long as nothing that it depends on changes. */
export class ToldByFunctions {
  private readonly units = new Map<FileNode, readonly Unit[]>();
  /** What is told by the units that tell anything. */
  private readonly telling = new Map<FileNode, readonly FileTransactions[]>();
  /** What of it is told of callers, too. */
  private readonly helping = new Map<FileNode, readonly FileTransactions[]>();
  /** Functions that have to be looked at again. */
  readonly stale = new Set<FunctionNode>();

  /** Everything has to be looked at again. */
  clear(): void {
    this.units.clear();
    this.telling.clear();
    this.helping.clear();
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
      const telling = units.flatMap(({ told, isSilent }) => (isSilent ? [] : told));
      const helping = telling.filter(concernsCallers);
      this.telling.set(file, telling);
      if (helping.length > 0) this.helping.set(file, helping);
      else this.helping.delete(file);
    }
    this.stale.clear();
    return fresh;
  }

  /** Everything that is told by itself, file by file: the same list as long as nothing in the file was looked at again. */
  get all(): Iterable<readonly FileTransactions[]> {
    return this.telling.values();
  }

  /** The part of it that callers are told of, in the order of the files. */
  *helpers(files: Iterable<FileNode>): Generator<FileTransactions> {
    for (const file of files) yield* this.helping.get(file) ?? none;
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
      const told = findTransactions(functions, around);
      units.push({ functions, told, isSilent: !tellsAnything(told) });
    }
    return units;
  }
}

const none: readonly FileTransactions[] = [];

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
