import type { CallInstruction } from "../core/facts.ts";
import type { FunctionNode } from "./program.ts";
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
  const owner = fact === undefined ? undefined : each.file.functions[fact.function];
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

/** The functions that a call hands to a parameter of the function that it enters. */
export function handedTo(each: FunctionNode, call: CallInstruction, parameter: ParameterRef): readonly FunctionNode[] {
  const register = handedRegister(each, call, parameter);
  return register === undefined ? [] : functionsIn(each.registers[register] ?? []);
}

/** The register that a call hands to a parameter; a property is looked up in an object literal. */
export function handedRegister(
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

const functionsIn = (values: Values): readonly FunctionNode[] =>
  values.flatMap((value) => (value.kind === "closure" ? [value.function] : []));
