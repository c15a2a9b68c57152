import type { CallInstruction, VariableId } from "../core/facts.ts";
import type { DriverCall, Resolved } from "./calls.ts";
import type { FunctionNode } from "./program.ts";
import { definition, slotRegister } from "./text.ts";
import { firstHandle, type HandleValue } from "./values.ts";

/** A function that sends the text in one of its parameters: `db.query = (text) => pool.query(text)`. */
export interface Forwarder {
  readonly parameter: number;
  readonly one: DriverCall;
  readonly handle: HandleValue | undefined;
}

/** A wrapper of a wrapper of a wrapper is as far as it goes. */
const maximumDepth = 3;

/** Finds forwarders as they are asked for, and keeps them as long as values flow in a function, and in what it calls, as they do. */
export class Forwarders {
  private readonly known = new WeakMap<ReadonlyMap<CallInstruction, Resolved>, Forwarder | undefined>();

  /** Something in or around a function changed, or in what it calls. */
  forget({ calls }: FunctionNode): void {
    this.known.delete(calls);
  }

  of(each: FunctionNode, depth = 0): Forwarder | undefined {
    if (each.facts.parameters.length === 0 || depth > maximumDepth) return undefined;
    if (this.known.has(each.calls)) return this.known.get(each.calls);
    this.known.set(each.calls, undefined);
    const found = this.find(each, depth);
    this.known.set(each.calls, found);
    return found;
  }

  private find(each: FunctionNode, depth: number): Forwarder | undefined {
    for (const [call, resolved] of each.calls) {
      for (const one of resolved.driver) {
        for (const effect of one.effects) {
          if (effect.does !== "runs" || effect.sql === undefined) continue;
          const parameter = parameterIn(each, slotRegister(call, effect.sql));
          if (parameter >= 0) return { parameter, one, handle: receiverHandle(each, call, one) };
        }
      }
      for (const target of resolved.targets) {
        const inner = this.of(target, depth + 1);
        const parameter = inner === undefined ? -1 : parameterIn(each, call.arguments[inner.parameter]?.value);
        if (inner !== undefined && parameter >= 0) return { ...inner, parameter };
      }
    }
    return undefined;
  }
}

/** The parameter that a register holds, as it is or as a function has made it ready (`const { text } = bind(sql, values)`); or -1. */
function parameterIn(each: FunctionNode, register: number | undefined, depth = 0): number {
  const source = register === undefined ? undefined : definition(each, register);
  if (source === undefined || depth > maximumDepth) return -1;
  switch (source.op) {
    case "load": {
      const own = each.facts.parameters.findIndex((one) => one.variable === source.variable);
      return own >= 0 ? own : parameterIn(each, onlyStored(each, source.variable), depth + 1);
    }
    case "get":
      return parameterIn(each, source.object, depth + 1);
    case "element":
      return parameterIn(each, source.collection, depth + 1);
    case "await":
      return parameterIn(each, source.value, depth + 1);
    case "call":
      return depth === 0 ? -1 : parameterIn(each, source.arguments[0]?.value, depth + 1);
    default:
      return -1;
  }
}

/** What a local variable is given, where it is given one thing alone. */
function onlyStored(each: FunctionNode, variable: VariableId): number | undefined {
  if (each.file.facts.variables[variable]?.function !== each.facts.id) return undefined;
  const stores = each.facts.blocks.flatMap(({ instructions }) =>
    instructions.flatMap((one) => (one.op === "store" && one.variable === variable ? [one.value] : [])),
  );
  return stores.length === 1 ? stores[0] : undefined;
}

/** The handle that a statement is sent through. */
export function receiverHandle(each: FunctionNode, call: CallInstruction, one: DriverCall): HandleValue | undefined {
  for (const effect of one.effects) {
    if (effect.does !== "runs" || effect.on === undefined) continue;
    for (const argument of call.arguments) {
      if (typeof effect.on !== "string" && "property" in effect.on) {
        const object = definition(each, argument.value);
        const entry =
          object?.op === "object"
            ? object.entries.find((item) => item.key === (effect.on as { property: string }).property)
            : undefined;
        const handle = entry === undefined ? undefined : firstHandle(each.registers[entry.value] ?? []);
        if (handle !== undefined) return handle;
      } else if (typeof effect.on !== "string" && effect.on.argument !== "last") {
        const handle = firstHandle(each.registers[call.arguments[effect.on.argument as number]?.value ?? -1] ?? []);
        if (handle !== undefined) return handle;
      }
    }
  }
  return one.receiver;
}
