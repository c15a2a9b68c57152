import type { FunctionFacts, VariableId } from "../core/facts.ts";
import type { FunctionNode } from "./program.ts";
import { Cell, type Values } from "./values.ts";

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

/** The variables of a function that nobody else puts anything in or reads: their cells are the function's own business. */
export function ownCells(each: FunctionNode): readonly Cell[] {
  const { file, facts } = each;
  const others = new Set(innerFunctions(each).flatMap((one) => storedOutside(one.facts, one)));
  const own: Cell[] = [];
  file.facts.variables.forEach((variable, id) => {
    if (variable.function !== facts.id || variable.type !== undefined || others.has(id)) return;
    if (variable.kind === "parameter" || variable.kind === "import") return;
    const cell = file.variables[id] as Cell;
    for (const reader of cell.readers) if (reader !== each) return;
    own.push(cell);
  });
  return own;
}

/** The functions written in another one, at any depth. They have higher numbers. */
export function innerFunctions({ file, facts }: FunctionNode): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  const inside = new Set([facts.id]);
  for (let id = facts.id + 1; id < file.functions.length; id++) {
    const one = file.functions[id] as FunctionNode;
    if (one.facts.parent === undefined || !inside.has(one.facts.parent)) continue;
    inside.add(id);
    found.push(one);
  }
  return found;
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
