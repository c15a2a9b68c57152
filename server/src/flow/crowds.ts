import type { Cell } from "./cells.ts";
import type { FileNode } from "./program.ts";

/**
 * Places where more functions meet than can be told apart: the parameter of a decorator that a thousand functions have, a registry. Whoever calls
 * one of these would call all of them, with everything that any caller hands over. What is called there is not known.
 */
export type Crowds = ReadonlySet<string>;

/** More functions than this in one place, and the values of a program meet everywhere: they flow afresh, without its crowds. */
export const manyFunctions = 256;

/** More functions than this are a crowd in such a program. */
export const fewFunctions = 64;

/** What lets values flow, knowing of some crowds, and tells of others. */
interface Flowed {
  readonly propagation: { allCrowds(): Crowds };
}

/**
 * Lets values flow until no crowd comes up that was not known. The first functions of one were told to others before it was one: values flow afresh
 * with what is known then, so that nothing depends on who came first.
 */
export function settled<F extends Flowed>(flow: (crowds: Crowds) => F): F {
  let crowds: Crowds = new Set();
  for (;;) {
    const flowed = flow(crowds);
    const all = flowed.propagation.allCrowds();
    if (all.size === crowds.size) return flowed;
    crowds = all;
  }
}

/** Keeps the functions in these places back. */
export function markCrowds(files: Iterable<FileNode>, crowds: Crowds): void {
  if (crowds.size === 0) return;
  for (const [key, cell] of cellsOf(files)) if (crowds.has(key)) cell.keepFunctionsBack();
}

/** The places whose functions are kept back, and those where they have to be. */
export function crowdsAmong(files: Iterable<FileNode>, fields: { named(): Iterable<readonly [string, Cell]> }): Crowds {
  const found = new Set<string>();
  for (const cells of [cellsOf(files), fields.named()])
    for (const [key, cell] of cells) if (cell.isCrowded || hasCrowd(cell, fewFunctions)) found.add(key);
  return found;
}

/** Whether a place holds more functions than so many. */
export function hasCrowd({ list }: Cell, most: number): boolean {
  if (list.length <= most) return false;
  let count = 0;
  for (const { kind } of list) if (kind === "closure") count++;
  return count > most;
}

/** The variables and returned values of files, by names that are the same whenever the same files are linked. */
function* cellsOf(files: Iterable<FileNode>): Generator<readonly [string, Cell]> {
  for (const { index, variables, functions } of files) {
    for (const [id, cell] of variables.entries()) yield [`variable ${index} ${id}`, cell];
    for (const { index: own, returns, receiver } of functions) {
      yield [`returns ${own}`, returns];
      yield [`receiver ${own}`, receiver];
    }
  }
}

/** The name of a field, of which the same is true. */
export function fieldKey(owner: object, name: string): string {
  // A literal, with the function that it stands in; a class, its static side, a function; the global object.
  if ("register" in owner && "function" in owner)
    return `literal ${(owner.function as { index: number }).index} ${owner.register} ${name}`;
  if ("staticSideOf" in owner) return `static ${owner.staticSideOf} ${name}`;
  if ("subclasses" in owner && "id" in owner) return `class ${owner.id} ${name}`;
  if ("index" in owner) return `function ${owner.index} ${name}`;
  return `global ${name}`;
}
