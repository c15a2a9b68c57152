import type { FunctionFacts, VariableId } from "../core/facts.ts";
import type { FunctionNode } from "./program.ts";
import { Cell, type Value, type Values } from "./values.ts";

/**
 * What the evaluation of one function tells others: values in cells that others read, and marks on values. As long as a function tells the same,
 * nothing outside of it has to be evaluated again.
 */
export class Contributions {
  readonly told = new Map<object, Set<unknown>>();

  tell(to: object, what: unknown): void {
    let known = this.told.get(to);
    if (known === undefined) {
      known = new Set();
      this.told.set(to, known);
    }
    known.add(what);
  }

  grow(cell: Cell, values: Values): void {
    for (const value of values) this.tell(cell, value);
  }

  equals({ told }: Contributions): boolean {
    if (told.size !== this.told.size) return false;
    for (const [to, mine] of this.told) {
      const theirs = told.get(to);
      if (theirs === undefined || theirs.size !== mine.size) return false;
      for (const one of mine) if (!theirs.has(one)) return false;
    }
    return true;
  }

  /** The functions that read what is told. */
  *readers(): Generator<FunctionNode> {
    for (const to of this.told.keys()) if (to instanceof Cell) yield* to.readers;
  }
}

export const sameValues = (a: ReadonlySet<Value>, b: ReadonlySet<Value>): boolean =>
  a.size === b.size && [...a].every((value) => b.has(value));

/** The variables of a function that nobody else puts anything in or reads: their cells are the function's own business. */
export function ownCells(each: FunctionNode): readonly Cell[] {
  const { file, facts } = each;
  const others = new Set(file.functions.flatMap((one) => (one === each ? [] : storedOutside(one.facts, one))));
  return file.variables.filter((cell, id) => {
    const variable = file.facts.variables[id];
    return (
      variable?.function === facts.id &&
      variable.kind !== "parameter" &&
      variable.kind !== "import" &&
      variable.type === undefined &&
      !others.has(id) &&
      [...cell.readers].every((reader) => reader === each)
    );
  });
}

const outside = new WeakMap<FunctionFacts, readonly VariableId[]>();

/** The variables of other functions that a function puts something in. */
function storedOutside(facts: FunctionFacts, { file }: FunctionNode): readonly VariableId[] {
  let known = outside.get(facts);
  if (known === undefined) {
    const found: VariableId[] = [];
    for (const { instructions } of facts.blocks) {
      for (const one of instructions) {
        if (one.op === "store" && file.facts.variables[one.variable]?.function !== facts.id) found.push(one.variable);
      }
    }
    known = found;
    outside.set(facts, known);
  }
  return known;
}

/** Whether a function can be evaluated on its own: one that declares classes changes what they are for everybody. */
export const standsAlone = ({ blocks }: FunctionFacts): boolean =>
  blocks.every(({ instructions }) => instructions.every(({ op }) => op !== "class"));
