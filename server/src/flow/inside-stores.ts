import type { VariableId } from "../core/facts.ts";
import type { Origins } from "./inside-origins.ts";
import type { FunctionNode } from "./program.ts";
import { definition } from "./text.ts";

interface StoreSite {
  readonly block: number;
  readonly value: number;
}

const stores = new WeakMap<object, ReadonlyMap<VariableId, readonly StoreSite[]>>();

/** The stores of a function to each variable. */
export function storesIn(each: FunctionNode, id: VariableId): readonly StoreSite[] {
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
  return table.get(id) ?? [];
}

/** Whether a function that is written in another stores to its variable: when that happens cannot be told. */
export function isStoredElsewhere(home: FunctionNode, id: VariableId): boolean {
  const fact = home.file.facts.variables[id];
  if (fact?.kind === "const") return false;
  return home.file.functions.some((other) => other !== home && storesIn(other, id).length > 0);
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
