import type { VariableId } from "../core/facts.ts";
import type { FunctionNode } from "./program.ts";
import { definition, type Pieces } from "./text.ts";

/** Texts that the callers of a function gave to its parameters. */
export type Bindings = ReadonlyMap<VariableId, readonly Pieces[]>;

const maximumHops = 6;

/**
 * The text that a register holds where a caller gave it. Whatever a project does to its texts (numbered placeholders, trimming), a statement
 * remains what its first words say: `const { text } = prepare(sql)` is then `sql`.
 */
export function boundText(
  each: FunctionNode,
  register: number,
  bindings: Bindings,
  depth = 0,
): readonly Pieces[] | undefined {
  const source = definition(each, register);
  if (depth > maximumHops || source === undefined) return undefined;
  const through = (next: number): readonly Pieces[] | undefined => boundText(each, next, bindings, depth + 1);
  switch (source.op) {
    case "load": {
      const bound = bindings.get(source.variable);
      if (bound !== undefined) return bound;
      const stored = onlyStore(each, source.variable);
      return stored === undefined ? undefined : alone(through(stored));
    }
    case "get":
      return alone(through(source.object));
    case "element":
      return alone(through(source.collection));
    case "await":
      return through(source.value);
    case "call": {
      // One of several arguments is the text; the others are its values.
      for (const argument of source.arguments) {
        const found = alone(through(argument.value));
        if (found !== undefined) return found;
      }
      return source.receiver === undefined ? undefined : alone(through(source.receiver));
    }
    default:
      return undefined;
  }
}

const alone = (texts: readonly Pieces[] | undefined): readonly Pieces[] | undefined =>
  texts?.every(tellsDeed) === true ? texts : undefined;

/** Whether a text shows what kind of statement it is. */
export const tellsDeed = ([first]: Pieces): boolean => /^\s*[a-z]/i.test(first ?? "");

function onlyStore(each: FunctionNode, variable: VariableId): number | undefined {
  let found: number | undefined;
  for (const { instructions } of each.facts.blocks) {
    for (const one of instructions) {
      if (one.op !== "store" || one.variable !== variable) continue;
      if (found !== undefined) return undefined;
      found = one.value;
    }
  }
  return found;
}
