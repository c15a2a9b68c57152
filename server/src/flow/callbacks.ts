import type { CallInstruction } from "../core/facts.ts";
import { unresolved } from "./calls.ts";
import { type FunctionNode, inOrder, nodeOf } from "./program.ts";
import { definition } from "./text.ts";
import type { Values } from "./values.ts";

/** A parameter of a function, or a property of one (`{ work }`, `options.work`). */
export interface ParameterRef {
  readonly owner: FunctionNode;
  readonly index: number;
  readonly property?: string;
}

/** How many assignments lie between a parameter and its use. */
const maximumHops = 6;

/** The parameter that a register holds, of this function or of one around it; undefined where it may hold anything else. */
export function parameterOf(each: FunctionNode, register: number, depth = 0): ParameterRef | undefined {
  if (depth > maximumHops) return undefined;
  const source = definition(each, register);
  switch (source?.op) {
    case "load":
      return variableParameter(each, source.variable, depth);
    case "get": {
      const object = parameterOf(each, source.object, depth + 1);
      if (object === undefined || object.property !== undefined) return undefined;
      return { ...object, property: source.property };
    }
    case "either": {
      // A default: `work ?? (() => {})`.
      const [first] = source.values;
      return first === undefined || source.operator === "?:" ? undefined : parameterOf(each, first, depth + 1);
    }
    default:
      return undefined;
  }
}

function variableParameter(each: FunctionNode, variable: number, depth: number): ParameterRef | undefined {
  const fact = each.file.facts.variables[variable];
  const owner = fact === undefined ? undefined : nodeOf(each.file, fact.function);
  if (fact === undefined || owner === undefined) return undefined;
  const index = owner.facts.parameters.findIndex((one) => one.variable === variable);
  if (index >= 0) return owner.facts.parameters[index]?.rest === true ? undefined : { owner, index };
  if (fact.kind !== "parameter" && fact.kind !== "const") return undefined;
  const stored = storeOf(owner, variable);
  return stored === undefined ? undefined : parameterOf(owner, stored, depth + 1);
}

/** What a variable that is stored once is given. */
function storeOf(owner: FunctionNode, variable: number): number | undefined {
  for (const block of owner.facts.blocks)
    for (const one of block.instructions) if (one.op === "store" && one.variable === variable) return one.value;
  return undefined;
}

/** The register that a call hands to a parameter; a property is looked up in an object literal. */
export function registerAt(
  each: FunctionNode,
  call: CallInstruction,
  { index, property }: ParameterRef,
): number | undefined {
  const argument = call.arguments[index];
  if (argument === undefined || call.arguments.slice(0, index + 1).some((one) => one.spread)) return undefined;
  if (property === undefined) return argument.value;
  const object = definition(each, argument.value);
  return object?.op === "object" ? object.entries.find((entry) => entry.key === property)?.value : undefined;
}

/**
 * Whether a call calls what its function, or one around it, was given: what runs then depends on who calls. A method of an object that was
 * given is the same for all callers, unless it was written inside another function.
 */
export function isCallback(each: FunctionNode, call: CallInstruction): boolean {
  const { targets, driver, builtin } = each.calls.get(call) ?? unresolved;
  if (driver.length > 0 || call.style === "new") return false;
  if (builtin && call.property !== "call" && call.property !== "apply") return false;
  const register = builtin ? call.receiver : call.callee;
  const parameter = register === undefined ? undefined : parameterOf(each, register);
  if (parameter === undefined) return false;
  if (parameter.property === undefined) return true;
  return targets.length > 0 && targets.every(({ facts }) => facts.class === undefined && (facts.parent ?? 0) !== 0);
}

/** The functions among values, in the order of the text. */
export const functionsIn = (values: Values): readonly FunctionNode[] =>
  inOrder(values.flatMap((value) => (value.kind === "closure" ? [value.function] : [])));
