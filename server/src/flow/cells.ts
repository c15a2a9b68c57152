import type { FileNode, FunctionNode } from "./program.ts";
import { extended, nothing, type Value, type Values } from "./values.ts";

/** More constants and literals than this in one place are no longer told apart. */
const limit = 12;

/** As many are looked through without a set: most cells hold one value at most, and have one reader. */
const few = 6;

/** An instruction that has read something: it is looked at again once there is more. */
export class Step {
  isStale = false;

  /** @param at the number of the instruction in its function */
  constructor(
    readonly owner: FunctionNode,
    readonly at: number,
  ) {}
}

/** Who is told of new values: a function as a whole, one of its instructions, or what was put together of the values. */
export type Reader = FunctionNode | Step | Derived;

/** What evaluates those that are told. */
export interface Waker {
  enqueue(each: FunctionNode): void;
}

/** Something that remembers who read it. Nearly everything has one reader or none: no collection for those. */
abstract class Source {
  private reading: Reader | Reader[] | Set<Reader> | undefined;

  /** Remembers who reads it. */
  readBy(reader: Reader): void {
    const { reading } = this;
    if (reading === reader) return;
    if (reading === undefined) this.reading = reader;
    else if (reading instanceof Set) reading.add(reader);
    else if (!Array.isArray(reading)) this.reading = [reading, reader];
    else if (!reading.includes(reader)) {
      reading.push(reader);
      if (reading.length > few) this.reading = new Set(reading);
    }
  }

  private get direct(): Iterable<Reader> {
    const { reading } = this;
    if (reading === undefined) return nobody;
    return reading instanceof Set || Array.isArray(reading) ? reading : [reading];
  }

  /** The functions that read it, by themselves or by what was put together of it. */
  get readers(): Iterable<FunctionNode> {
    const found = new Set<FunctionNode>();
    this.gather(found, new Set());
    return found;
  }

  private gather(found: Set<FunctionNode>, seen: Set<Source>): void {
    if (seen.has(this)) return;
    seen.add(this);
    for (const reader of this.direct) {
      if (reader instanceof Derived) reader.gather(found, seen);
      else found.add(reader instanceof Step ? reader.owner : reader);
    }
  }

  /** Tells everybody who read it that there is more. */
  wake(waker: Waker): void {
    for (const reader of this.direct) {
      if (reader instanceof Step) {
        reader.isStale = true;
        waker.enqueue(reader.owner);
      } else if (reader instanceof Derived) reader.outdate(waker);
      else waker.enqueue(reader);
    }
  }
}

const nobody: readonly Reader[] = [];

/** What was put together of the values of several cells. Whoever reads it reads all of them. */
export abstract class Derived extends Source {
  /** There are others since; whoever had read it has been told. */
  isStale = true;

  outdate(waker: Waker): void {
    if (this.isStale) return;
    this.isStale = true;
    this.wake(waker);
  }
}

/** A growing set of values that remembers who read it. */
export class Cell extends Source {
  private snapshot: Values = nothing;
  /** The same as a set, once it was looked through; only for many. */
  private many: Set<Value> | undefined;
  /** What functions of other files put here: it stays when the owner's text changes. */
  private incoming: Sent | undefined;
  private crowded = false;

  /** @param owner the file whose text decides what is in it; undefined for what belongs to no file (`globalThis`) */
  constructor(readonly owner: FileNode | undefined) {
    super();
  }

  /** Adds values; true where there is something else to read. */
  add(values: Values): boolean {
    return this.grow(this.crowded ? withoutFunctions(values) : values);
  }

  /** From here on nobody is told of the functions that are put here. */
  keepFunctionsBack(): void {
    this.crowded = true;
    this.snapshot = withoutFunctions(this.snapshot);
    this.many = undefined;
  }

  /** Whether nobody is told of the functions that are put here. */
  get isCrowded(): boolean {
    return this.crowded;
  }

  private grow(values: Values): boolean {
    const { snapshot } = this;
    if (values === snapshot) return false;
    const shared = extended(snapshot, values);
    if (shared === snapshot) return false;
    if (shared !== undefined && !isCut(shared, snapshot.length)) {
      this.snapshot = shared;
      this.many = undefined;
      return true;
    }
    let grown: Value[] | undefined;
    for (const value of values) {
      // A parameter that a thousand calls give a thousand literals is simply not known; handles and functions are all kept.
      if ((grown ?? snapshot).length >= limit && isBulky(value)) continue;
      if (grown === undefined ? this.has(value) : (this.many?.has(value) ?? grown.includes(value))) continue;
      grown ??= [...snapshot];
      grown.push(value);
      if (this.many !== undefined) this.many.add(value);
      else if (grown.length > few) this.many = new Set(grown);
    }
    if (grown === undefined) return false;
    this.snapshot = grown;
    return true;
  }

  has(value: Value): boolean {
    if (this.many === undefined && this.snapshot.length > few) this.many = new Set(this.snapshot);
    return this.many === undefined ? this.snapshot.includes(value) : this.many.has(value);
  }

  /** Remembers values as another file's. */
  receive(values: Values): void {
    this.incoming ??= new Sent();
    this.incoming.add(values);
  }

  /** What other files put here is not all there any more: of what they put here now nothing can be told by `incoming`. */
  isMisled = false;

  /** Another file no longer puts a value here. True where it was not kept anyway: the place had too many before it. */
  withdraw(value: Value): boolean {
    if (this.has(value)) return false;
    this.isMisled = true;
    return true;
  }

  /** Forgets what its own file put here. */
  reset(): void {
    const kept = this.incoming?.list ?? nothing;
    this.snapshot = this.crowded ? withoutFunctions(kept) : kept;
    this.many = undefined;
  }

  get list(): Values {
    return this.snapshot;
  }
}

/** Whether a cell would not keep all of these. */
function isCut(values: Values, from: number): boolean {
  for (let index = Math.max(from, limit); index < values.length; index++)
    if (isBulky(values[index] as Value)) return true;
  return false;
}

/** The values that are no functions. */
const withoutFunctions = (values: Values): Values =>
  values.some(({ kind }) => kind === "closure") ? values.filter(({ kind }) => kind !== "closure") : values;

const isBulky = ({ kind }: Value): boolean =>
  kind === "constant" || kind === "text" || kind === "object" || kind === "typed" || kind === "external";

/** Values that were put somewhere, all of them. */
export class Sent {
  private values: Values | Set<Value> = nothing;

  /** False where they are known to have been sent before. */
  add(values: Values): boolean {
    const before = this.values;
    if (before === values) return false;
    if (before instanceof Set) {
      const { size } = before;
      for (const value of values) before.add(value);
      return before.size > size;
    }
    const shared = extended(before as Values, values);
    if (shared === before) return false;
    this.values = shared ?? new Set([...(before as Values), ...values]);
    return true;
  }

  has(value: Value): boolean {
    return this.values instanceof Set ? this.values.has(value) : (this.values as Values).includes(value);
  }

  get list(): Values {
    return this.values instanceof Set ? [...this.values] : (this.values as Values);
  }
}
