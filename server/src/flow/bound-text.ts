import type { VariableId } from "../core/facts.ts";
import type { FunctionNode } from "./program.ts";
import { definition, type Pieces } from "./text.ts";

/** Texts that the callers of a function gave to its parameters. */
export type Bindings = ReadonlyMap<VariableId, readonly Pieces[]>;

const maximumHops = 6;

/**
 * The text that a register holds where a caller gave it. A control statement is itself after whatever a project does to its texts (numbered
 * placeholders, trimming): `const { text } = prepare(sql)` is then `sql`.
 */
export function boundControl(
  each: FunctionNode,
  register: number,
  bindings: Bindings,
  depth = 0,
): readonly Pieces[] | undefined {
  const source = definition(each, register);
  if (depth > maximumHops || source === undefined) return undefined;
  const through = (next: number): readonly Pieces[] | undefined => boundControl(each, next, bindings, depth + 1);
  switch (source.op) {
    case "load": {
      const bound = bindings.get(source.variable);
      if (bound !== undefined) return depth === 0 || bound.every(isControl) ? bound : undefined;
      const stored = onlyStore(each, source.variable);
      return stored === undefined ? undefined : controlAlone(through(stored));
    }
    case "get":
      return controlAlone(through(source.object));
    case "element":
      return controlAlone(through(source.collection));
    case "await":
      return through(source.value);
    case "call": {
      // One of several arguments is the text; the others are its values.
      for (const argument of source.arguments) {
        const found = controlAlone(through(argument.value));
        if (found !== undefined) return found;
      }
      return source.receiver === undefined ? undefined : controlAlone(through(source.receiver));
    }
    default:
      return undefined;
  }
}

const controlAlone = (texts: readonly Pieces[] | undefined): readonly Pieces[] | undefined =>
  texts?.every(isControl) === true ? texts : undefined;

const isControl = (pieces: Pieces): boolean =>
  pieces.length === 1 && /^\s*(begin|start\s+transaction|commit|rollback|end|abort)\s*;?\s*$/i.test(pieces[0] ?? "");

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
