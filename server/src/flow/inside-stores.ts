import type { VariableId } from "../core/facts.ts";
import type { Origins } from "./inside-origins.ts";
import type { FileNode, FunctionNode } from "./program.ts";
import { definition } from "./text.ts";

interface StoreSite {
  readonly block: number;
  readonly value: number;
}

const stores = new WeakMap<object, ReadonlyMap<VariableId, readonly StoreSite[]>>();

/** The stores of a function to a variable. */
export const storesIn = (each: FunctionNode, id: VariableId): readonly StoreSite[] => storesOf(each).get(id) ?? [];

function storesOf(each: FunctionNode): ReadonlyMap<VariableId, readonly StoreSite[]> {
  let table = stores.get(each.facts);
  if (table === undefined) {
    const made = new Map<VariableId, StoreSite[]>();
    each.facts.blocks.forEach((block, index) => {
      for (const one of block.instructions) {
        if (one.op !== "store") continue;
        const known = made.get(one.variable);
        if (known === undefined) made.set(one.variable, [{ block: index, value: one.value }]);
        else known.push({ block: index, value: one.value });
      }
    });
    table = made;
    stores.set(each.facts, table);
  }
  return table;
}

const inner = new WeakMap<object, ReadonlySet<VariableId>>();

/** The variables of a file that another function than their own stores to. */
function storedInside(file: FileNode): ReadonlySet<VariableId> {
  let found = inner.get(file.facts);
  if (found === undefined) {
    const made = new Set<VariableId>();
    for (const each of file.functions) {
      for (const id of storesOf(each).keys()) if (file.facts.variables[id]?.function !== each.facts.id) made.add(id);
    }
    found = made;
    inner.set(file.facts, found);
  }
  return found;
}

/** Whether a function that is written in another stores to its variable: when that happens cannot be told. */
export function isStoredElsewhere(home: FunctionNode, id: VariableId): boolean {
  const fact = home.file.facts.variables[id];
  if (fact?.kind === "const") return false;
  return storedInside(home.file).has(id);
}

/** `client = pool` of a parameter: the store that reads the parameter itself. */
export function isDefault(each: FunctionNode, id: VariableId, value: number): boolean {
  const one = definition(each, value);
  if (one?.op !== "either" || one.operator !== "??") return false;
  const [first] = one.values;
  const source = first === undefined ? undefined : definition(each, first);
  return source?.op === "load" && source.variable === id;
}

/** Whether some object of the function is given the property by an assignment. */
export function isSetLater(each: FunctionNode, property: string): boolean {
  return each.facts.blocks.some((block) =>
    block.instructions.some((one) => one.op === "set" && one.property === property),
  );
}

/** `"key" in object`, of an object literal. */
export function hasKey([key, other]: Origins, [object, another]: Origins): boolean | undefined {
  if (key?.kind !== "constant" || object?.kind !== "object" || other !== undefined || another !== undefined)
    return undefined;
  const literal = definition(object.frame.each, object.register);
  if (literal?.op !== "object" || isSetLater(object.frame.each, String(key.value))) return undefined;
  if (literal.entries.some((entry) => entry.key === key.value)) return true;
  return literal.entries.every((entry) => entry.key !== undefined) ? false : undefined;
}
