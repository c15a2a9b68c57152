import type { FunctionFacts, FunctionId, VariableFact, VariableId } from "../core/facts.ts";
import { textDeed } from "./deed-text.ts";
import type { Deed } from "./deeds.ts";

/** What a register holds, as far as the choice of files goes. */
type Source =
  | { readonly variable: VariableId }
  | { readonly function: FunctionId }
  | { readonly functions: readonly FunctionId[] }
  /** What a call of this name gave. */
  | { readonly call: string };

/** A call, by the names and variables in it. */
export interface CallLook {
  readonly name: string;
  /** The variable that is called itself. */
  readonly callee?: VariableId;
  /** The variable that the member belongs to. */
  readonly receiver?: VariableId;
  /** The variables that stand as arguments. */
  readonly arguments: readonly (VariableId | undefined)[];
  /** What the text that the call is given first does, where that is written out. */
  readonly sql?: Deed | "rows";
}

/** What one function does, without those written in it. */
export interface FunctionLook {
  readonly calls: readonly CallLook[];
  /** Functions that are arguments of its calls: who is called decides when they run. */
  readonly given: readonly FunctionId[];
  /** Variables into whose members a function, or what a call of this name gave, is put. */
  readonly puts: readonly { readonly into: VariableId; readonly call?: string }[];
  /** Variables and members that hold what a call of this name gave. */
  readonly holds: readonly { readonly variable?: VariableId; readonly member?: string; readonly call: string }[];
  /** Its parameters' variables, those that a pattern binds included, by their place. */
  readonly parameters: ReadonlyMap<VariableId, number>;
}

const looks = new WeakMap<FunctionFacts, FunctionLook>();

/** Looks at a function once, for as long as its facts live. */
export function lookAt(each: FunctionFacts, variables: readonly VariableFact[]): FunctionLook {
  let known = looks.get(each);
  if (known === undefined) {
    known = read(each, variables);
    looks.set(each, known);
  }
  return known;
}

function read(each: FunctionFacts, variables: readonly VariableFact[]): FunctionLook {
  const calls: CallLook[] = [];
  const given: FunctionId[] = [];
  const puts: { readonly into: VariableId; readonly call?: string }[] = [];
  const holds: { readonly variable?: VariableId; readonly member?: string; readonly call: string }[] = [];
  const sources = new Map<number, Source>();
  const texts = new Map<number, string>();
  const names = new Map<number, string>();
  const made = new Map<VariableId, string>();
  const variableOf = (register: number | undefined): VariableId | undefined => {
    const source = register === undefined ? undefined : sources.get(register);
    return source !== undefined && "variable" in source ? source.variable : undefined;
  };
  const callOf = (register: number): string | undefined => {
    const source = sources.get(register);
    if (source === undefined) return undefined;
    return "call" in source ? source.call : "variable" in source ? made.get(source.variable) : undefined;
  };
  for (const { instructions } of each.blocks) {
    for (const instruction of instructions) {
      switch (instruction.op) {
        case "literal":
          if (typeof instruction.value === "string") texts.set(instruction.dst, instruction.value);
          break;
        case "template":
          if (typeof instruction.parts[0] === "string") texts.set(instruction.dst, instruction.parts[0]);
          break;
        case "load":
          sources.set(instruction.dst, { variable: instruction.variable });
          names.set(instruction.dst, variables[instruction.variable]?.name ?? "");
          break;
        case "global":
          names.set(instruction.dst, instruction.name);
          break;
        case "get":
          names.set(instruction.dst, instruction.property);
          break;
        case "closure":
          sources.set(instruction.dst, { function: instruction.function });
          break;
        case "object":
          sources.set(instruction.dst, {
            functions: instruction.entries.flatMap(({ value }) => {
              const source = sources.get(value);
              return source !== undefined && "function" in source ? [source.function] : [];
            }),
          });
          break;
        case "await": {
          const source = sources.get(instruction.value);
          if (source !== undefined) sources.set(instruction.dst, source);
          break;
        }
        case "store": {
          const call = callOf(instruction.value);
          if (call === undefined) break;
          made.set(instruction.variable, call);
          holds.push({ variable: instruction.variable, call });
          break;
        }
        case "set": {
          const into = variableOf(instruction.object);
          const source = sources.get(instruction.value);
          const call = callOf(instruction.value);
          if (call !== undefined) holds.push({ member: instruction.property, call });
          if (into === undefined || source === undefined) break;
          if ("function" in source) puts.push({ into });
          else if (call !== undefined) puts.push({ into, call });
          break;
        }
        case "call": {
          const name = instruction.property ?? names.get(instruction.callee) ?? "";
          for (const { value } of instruction.arguments) {
            const source = sources.get(value);
            if (source !== undefined && "function" in source) given.push(source.function);
            else if (source !== undefined && "functions" in source) given.push(...source.functions);
          }
          const callee = variableOf(instruction.callee);
          const receiver = variableOf(instruction.receiver);
          const text = texts.get(instruction.arguments[0]?.value ?? -1);
          calls.push({
            name,
            ...(callee === undefined ? {} : { callee }),
            ...(receiver === undefined ? {} : { receiver }),
            arguments: instruction.arguments.map(({ value }) => variableOf(value)),
            ...(text === undefined ? {} : { sql: textDeed(text) ?? "rows" }),
          });
          sources.set(instruction.dst, { call: name });
          break;
        }
        default:
      }
    }
  }
  return { calls, given, puts, holds, parameters: parametersOf(each, variables) };
}

function parametersOf(each: FunctionFacts, variables: readonly VariableFact[]): ReadonlyMap<VariableId, number> {
  const found = new Map(each.parameters.map(({ variable }, index) => [variable, index]));
  if (![...found.keys()].some((variable) => variables[variable]?.name === "")) return found;
  const taken = new Map<number, number>();
  for (const instruction of each.blocks[0]?.instructions ?? []) {
    if (instruction.op === "load") {
      const index = variables[instruction.variable]?.name === "" ? found.get(instruction.variable) : undefined;
      if (index !== undefined) taken.set(instruction.dst, index);
    } else if (instruction.op === "get") {
      const index = taken.get(instruction.object);
      if (index !== undefined) taken.set(instruction.dst, index);
    } else if (instruction.op === "store") {
      const index = taken.get(instruction.value);
      if (index !== undefined) found.set(instruction.variable, index);
    }
  }
  return found;
}
