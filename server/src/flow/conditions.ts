import type { Constant, FunctionFacts, Instruction } from "../core/facts.ts";
import type { FunctionNode } from "./program.ts";
import { definition } from "./text.ts";

/** A condition that can be told again: `v12` or `v12.transaction`, true or false where it is truthy. */
export interface Condition {
  readonly key: string;
  readonly truthy: boolean;
}

/**
 * What a register tests, in a form that compares: the truth of a variable or of a property of one.
 * `undefined` for calls and anything else that may change from one test to the next.
 */
export function conditionOf(each: FunctionNode, register: number, depth = 0): Condition | undefined {
  const instruction = definition(each, register);
  if (instruction === undefined || depth > 6) return undefined;
  switch (instruction.op) {
    case "load":
      return { key: `v${instruction.variable}`, truthy: true };
    case "this":
      return { key: "this", truthy: true };
    case "get": {
      const object = conditionOf(each, instruction.object, depth + 1);
      return object?.truthy === true ? { key: `${object.key}.${instruction.property}`, truthy: true } : undefined;
    }
    case "operation": {
      const [left, right] = instruction.operands;
      if (left === undefined) return undefined;
      if (instruction.operator === "!") {
        const inner = conditionOf(each, left, depth + 1);
        return inner === undefined ? undefined : { key: inner.key, truthy: !inner.truthy };
      }
      return right === undefined ? undefined : comparison(each, instruction.operator, left, right, depth);
    }
    default:
      return undefined;
  }
}

function comparison(
  each: FunctionNode,
  operator: string,
  left: number,
  right: number,
  depth: number,
): Condition | undefined {
  if (operator === "instanceof") {
    const tested = conditionOf(each, left, depth + 1);
    const type = conditionOf(each, right, depth + 1);
    return tested?.truthy && type?.truthy ? { key: `${tested.key} instanceof ${type.key}`, truthy: true } : undefined;
  }
  const equal = operator === "===" || operator === "==";
  if (!equal && operator !== "!==" && operator !== "!=") return undefined;
  const literal = literalOf(each, right) ?? literalOf(each, left);
  const tested = literalOf(each, right) !== undefined ? left : right;
  const inner = conditionOf(each, tested, depth + 1);
  if (literal === undefined || inner === undefined) return undefined;
  const { value } = literal;
  if (value === null || value === undefined || value === false)
    return { key: inner.key, truthy: equal ? !inner.truthy : inner.truthy };
  if (value === true) return { key: inner.key, truthy: equal ? inner.truthy : !inner.truthy };
  return inner.truthy ? { key: `${inner.key} = ${JSON.stringify(value)}`, truthy: equal } : undefined;
}

function literalOf(each: FunctionNode, register: number): { readonly value: Constant } | undefined {
  const instruction = definition(each, register);
  if (instruction?.op === "literal") return { value: instruction.value };
  return instruction?.op === "global" && instruction.name === "undefined" ? { value: undefined } : undefined;
}

/** Whether a register is certainly truthy or falsy; `truths` tells of the variables. */
export function truthOf(
  each: FunctionNode,
  register: number,
  truths: ReadonlyMap<string, boolean>,
  depth = 0,
): boolean | undefined {
  const instruction = definition(each, register);
  if (instruction === undefined || depth > 6) return undefined;
  switch (instruction.op) {
    case "literal":
      return Boolean(instruction.value);
    case "object":
    case "array":
    case "closure":
    case "class":
      return true;
    case "call":
      return instruction.style === "new" ? true : undefined;
    case "global":
      return instruction.name === "undefined" ? false : undefined;
    case "load": {
      if (each.file.facts.variables[instruction.variable]?.kind === "catch") return true;
      return truths.get(`v${instruction.variable}`);
    }
    default: {
      const condition = conditionOf(each, register, depth + 1);
      const truth = condition === undefined ? undefined : truths.get(condition.key);
      return truth === undefined ? undefined : truth === condition?.truthy;
    }
  }
}

/** What must hold for a block to be reached, as far as a line of single ways in tells: `given ?? (await pool.connect())`. */
export function truthsAt(each: FunctionNode, block: number): ReadonlyMap<string, boolean> {
  const truths = new Map<string, boolean>();
  const seen = new Set<number>();
  const stores: (Instruction & { op: "store" })[] = [];
  for (let at = block; !seen.has(at); ) {
    for (const one of each.facts.blocks[at]?.instructions ?? []) if (one.op === "store") stores.push(one);
    seen.add(at);
    const ways = waysInto(each, at);
    const [from] = ways;
    if (from === undefined || ways.length !== 1) break;
    const end = each.facts.blocks[from]?.end;
    if (end?.kind === "branch" && end.then !== end.else) {
      const condition = conditionOf(each, end.test);
      const taken = end.then === at;
      if (condition !== undefined && !truths.has(condition.key)) truths.set(condition.key, taken === condition.truthy);
    }
    at = from;
  }
  // `const nested = client !== undefined`: what is known of one is known of the other.
  for (const { variable, value } of stores) {
    if (each.file.facts.variables[variable]?.kind !== "const" || truths.has(`v${variable}`)) continue;
    const truth = truthOf(each, value, truths);
    if (truth !== undefined) truths.set(`v${variable}`, truth);
  }
  return truths;
}

function waysInto(each: FunctionNode, block: number): readonly number[] {
  return each.facts.blocks.flatMap(({ end, handler }, index) => {
    const leads =
      (end.kind === "goto" && end.to === block) ||
      (end.kind === "branch" && (end.then === block || end.else === block)) ||
      (end.kind === "choice" && end.to.includes(block)) ||
      handler === block;
    return leads ? [index] : [];
  });
}

const branched = new WeakMap<FunctionFacts, ReadonlySet<string>>();

/** The conditions that the function branches on: no others are worth remembering along a path. */
export function branchKeys(each: FunctionNode): ReadonlySet<string> {
  let keys = branched.get(each.facts);
  if (keys === undefined) {
    const found = new Set<string>();
    for (const block of each.facts.blocks) {
      if (block.end.kind !== "branch") continue;
      const condition = conditionOf(each, block.end.test);
      if (condition !== undefined) found.add(condition.key);
    }
    for (const block of each.facts.blocks) {
      for (const instruction of block.instructions) {
        // `release(error)`: the argument's truth decides too.
        if (instruction.op !== "call") continue;
        for (const argument of instruction.arguments) {
          const condition = conditionOf(each, argument.value);
          if (condition !== undefined && !condition.key.includes(".")) found.add(condition.key);
        }
      }
    }
    keys = found;
    branched.set(each.facts, keys);
  }
  return keys;
}
