import type { FileFacts, FunctionFacts, TypeRef, VariableFact, VariableId } from "../core/facts.ts";
import { functionOf } from "../core/functions.ts";
import { Cell } from "./cells.ts";
import type { Fields } from "./fields.ts";
import { type FileNode, type FunctionNode, nodeOf, unusedCell } from "./program.ts";
import type { Value, Values } from "./values.ts";

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

  /** Whether nothing that is told comes behind something else: who comes first may decide. */
  get isInOrder(): boolean {
    for (const [to, what] of this.told) {
      if (!(to instanceof Cell) || to.list.length === 0) continue;
      for (const one of what) if (!to.has(one as Value)) return false;
    }
    return true;
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

/** The functions of a file that have another content in its new facts, that are gone from them, and that are new. */
export function differencesOf(
  file: FileNode,
  facts: FileFacts,
): {
  readonly changed: readonly FunctionNode[];
  readonly gone: ReadonlySet<FunctionNode>;
  readonly come: readonly FunctionFacts[];
} {
  const changed: FunctionNode[] = [];
  const gone = new Set<FunctionNode>();
  for (const each of file.functions) {
    const now = functionOf(facts, each.facts.id);
    if (now === undefined) gone.add(each);
    else if (now !== each.facts) changed.push(each);
  }
  return { changed, gone, come: facts.functions.filter(({ id }) => nodeOf(file, id) === undefined) };
}

/** The variables of a function, parameters as well, and what leads into and out of it. */
function* cellsOfFunction(each: FunctionNode): Generator<Cell> {
  const { file, facts } = each;
  yield each.returns;
  yield each.receiver;
  for (const [id, one] of file.facts.variables.entries())
    if (one.function === facts.id && one.kind !== "import" && one.kind !== "unused") yield file.variables[id] as Cell;
}

/** Whether something is known of an object that one of these functions makes. */
export const isMadeBy = (owner: object, functions: ReadonlySet<FunctionNode>): boolean =>
  "function" in owner && functions.has(owner.function as FunctionNode);

/** The variables of a function that nobody else puts anything in or reads: their cells are the function's own business. */
export function ownCells(each: FunctionNode): readonly Cell[] {
  const { file, facts } = each;
  const others = new Set(innerFunctions(each).flatMap((one) => storedOutside(one.facts, one)));
  const own: Cell[] = [];
  file.facts.variables.forEach((variable, id) => {
    if (variable.function !== facts.id || !isPlain(variable.type) || others.has(id)) return;
    if (variable.kind === "parameter" || variable.kind === "import" || variable.kind === "unused") return;
    const cell = file.variables[id] as Cell;
    for (const reader of cell.readers) if (reader !== each) return;
    own.push(cell);
  });
  return own;
}

/** Whether a declared type can stand for nothing that flows: `string[]`, and everything else without a name of the file in it. */
function isPlain(type: TypeRef | undefined): boolean {
  switch (type?.kind) {
    case undefined:
    case "literal":
    case "other":
      return true;
    case "array":
      return isPlain(type.of);
    case "union":
    case "intersection":
      return type.of.every(isPlain);
    case "named":
      return type.variable === undefined && type.arguments.every(isPlain);
    case "object":
      return type.members.every((member) => isPlain(member.type));
    case "typeof":
    case "function":
      return false;
  }
}

/** The functions written in another one, at any depth. They stand behind it. */
export function innerFunctions({ file, facts, position }: FunctionNode): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  const inside = new Set([facts.id]);
  for (let index = position + 1; index < file.functions.length; index++) {
    const one = file.functions[index] as FunctionNode;
    // What is written in one function stands together.
    if (one.facts.parent === undefined || !inside.has(one.facts.parent)) break;
    inside.add(one.facts.id);
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

/**
 * The cells of a file's variables by their new numbers: a variable that is called the same in its function, or stands in the same place, is the same.
 * Undefined where one is gone that others may know, or one has another declared type.
 */
export function sameVariables(
  file: FileNode,
  facts: FileFacts,
  own: ReadonlySet<Cell>,
  gone: ReadonlySet<FunctionNode>,
): readonly Cell[] | undefined {
  const cells = [...file.variables];
  const left = new Map<string, number[]>();
  const open: number[] = [];
  const name = (one: VariableFact): string => `${one.function} ${one.kind} ${one.name}`;
  for (const [id, one] of facts.variables.entries()) {
    const before = file.facts.variables[id] ?? unused;
    if (before === one) continue;
    const wasKnown = before.kind !== "unused" && !gone.has(nodeOf(file, before.function) as FunctionNode);
    const isKnown = one.kind !== "unused" && nodeOf(file, one.function) !== undefined;
    if ((wasKnown && !isPlain(before.type)) || (isKnown && !isPlain(one.type))) return undefined;
    if (before.kind === "import" || one.kind === "import") return undefined;
    if (before.kind !== "unused") left.set(name(before), [...(left.get(name(before)) ?? []), id]);
    open.push(id);
  }
  const taken = new Set<number>();
  const take = (id: number, from: number | undefined): boolean => {
    if (from === undefined || taken.has(from)) return false;
    taken.add(from);
    cells[id] = file.variables[from] as Cell;
    return true;
  };
  const renamed = open.filter((id) => {
    const one = facts.variables[id] as VariableFact;
    cells[id] = unusedCell;
    return one.kind !== "unused" && !take(id, left.get(name(one))?.shift());
  });
  for (const id of renamed) {
    const before = file.facts.variables[id] ?? unused;
    const isRenamed = before.kind !== "unused" && before.function === facts.variables[id]?.function;
    if (!isRenamed || !take(id, id)) cells[id] = new Cell(file);
  }
  const isKnown = (id: number): boolean => {
    const cell = file.variables[id] ?? unusedCell;
    return cell !== unusedCell && !taken.has(id) && !own.has(cell);
  };
  return open.some(isKnown) ? undefined : cells;
}

const unused: VariableFact = { name: "", kind: "unused", function: 0, span: { start: -1, end: -1 } };

/** What tells a function apart from others, and what others see of it without evaluating it. */
export const hasSameHead = (a: FunctionFacts, b: FunctionFacts): boolean =>
  a.name === b.name &&
  a.kind === b.kind &&
  a.parent === b.parent &&
  a.class === b.class &&
  a.static === b.static &&
  a.async === b.async &&
  a.generator === b.generator &&
  declared(a) === declared(b) &&
  a.parameters.length === b.parameters.length &&
  a.parameters.every(({ rest, keyword, property }, index) => {
    const other = b.parameters[index];
    return rest === other?.rest && keyword === other.keyword && property === other.property;
  });

/** What is said of a function beside its code. */
const declared = ({ returnType, decorators, tags }: FunctionFacts): string =>
  JSON.stringify([returnType, decorators?.map(({ name, variable }) => [name, variable]), tags]);

/** What nobody but these functions, which come or go together, reads: it comes and goes with them. */
export function* cellsWithin(functions: ReadonlySet<FunctionNode>, fields: Fields): Generator<Cell> {
  if (functions.size === 0) return;
  const isWithin = (cell: Cell): boolean => {
    for (const reader of cell.readers) if (!functions.has(reader)) return false;
    return true;
  };
  for (const each of functions) for (const cell of cellsOfFunction(each)) if (isWithin(cell)) yield cell;
  for (const cell of fields.madeBy(functions)) if (isWithin(cell)) yield cell;
}
