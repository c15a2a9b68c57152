import type { FileFacts, FunctionId, Instruction, VariableId } from "../core/facts.ts";
import type { FunctionNode } from "./program.ts";
import type { Site, Value } from "./values.ts";

/**
 * Which variables and registers hold one handle. Variables are those of one file, so that the closures of the function that made
 * the handle are covered; registers are worked out function by function.
 */
export class Aliases {
  private readonly registers = new Map<FunctionNode, ReadonlySet<number>>();
  private readonly held = new Map<FunctionNode, ReadonlySet<number>>();
  /** Objects and arrays that hold the handle. */
  private readonly containers = new Set<VariableId>();

  /**
   * @param site what the handle is, for calls that hand it back and properties that are views of it
   * @param variables variables that hold it from the start
   * @param roots registers that hold it, in the function that makes it
   */
  constructor(
    readonly site: Site,
    readonly variables: Set<VariableId>,
    private readonly owner: FunctionNode,
    private readonly roots: readonly number[],
    containers: readonly VariableId[] = [],
  ) {
    for (const variable of containers) this.containers.add(variable);
    this.spreadOver(owner);
  }

  /** The handle's variables grow while functions are looked at; two rounds settle what closures assign. */
  private spreadOver(owner: FunctionNode): void {
    const reach = [owner, ...written(owner)];
    for (let round = 0; round < 4; round++) {
      const before = this.variables.size + this.containers.size;
      for (const each of reach) this.collect(each);
      if (this.variables.size + this.containers.size === before) break;
    }
  }

  private collect(each: FunctionNode): void {
    const registers = new Set<number>(each === this.owner ? this.roots : []);
    const held = new Set<number>();
    for (const block of each.facts.blocks) {
      for (const instruction of block.instructions) this.step(each, instruction, registers, held);
    }
    this.registers.set(each, registers);
    this.held.set(each, held);
  }

  private step(each: FunctionNode, instruction: Instruction, registers: Set<number>, held: Set<number>): void {
    switch (instruction.op) {
      case "load":
        if (this.variables.has(instruction.variable)) registers.add(instruction.dst);
        if (this.containers.has(instruction.variable)) held.add(instruction.dst);
        return;
      case "store":
        if (each.file.facts.variables[instruction.variable]?.function === 0 && this.owner.facts.id !== 0) return;
        if (registers.has(instruction.value)) this.variables.add(instruction.variable);
        if (held.has(instruction.value)) this.containers.add(instruction.variable);
        return;
      case "await":
        if (registers.has(instruction.value)) registers.add(instruction.dst);
        if (held.has(instruction.value)) held.add(instruction.dst);
        return;
      case "either":
        if (instruction.values.some((value) => registers.has(value))) registers.add(instruction.dst);
        if (instruction.values.some((value) => held.has(value))) held.add(instruction.dst);
        return;
      case "get":
        if (registers.has(instruction.object) && this.isView(each.registers[instruction.dst]))
          registers.add(instruction.dst);
        if (held.has(instruction.object) && this.isView(each.registers[instruction.dst]))
          registers.add(instruction.dst);
        return;
      case "element":
      case "rest":
        if (instruction.op === "element" ? held.has(instruction.collection) : held.has(instruction.object)) {
          if (instruction.op === "rest") held.add(instruction.dst);
          else if (this.isView(each.registers[instruction.dst])) registers.add(instruction.dst);
        }
        return;
      case "object":
        if (instruction.entries.some((entry) => registers.has(entry.value) || held.has(entry.value)))
          held.add(instruction.dst);
        return;
      case "closure": {
        const closure = each.file.functions[instruction.function];
        if (closure !== undefined && this.touches(closure)) held.add(instruction.dst);
        return;
      }
      case "array":
        if (instruction.elements.some((element) => registers.has(element.value) || held.has(element.value)))
          held.add(instruction.dst);
        return;
      case "call": {
        const given =
          (instruction.receiver !== undefined && registers.has(instruction.receiver)) ||
          registers.has(instruction.callee) ||
          instruction.arguments.some((argument) => registers.has(argument.value));
        if (given && this.isView(each.registers[instruction.dst])) registers.add(instruction.dst);
        // `Promise.all([pool.connect(), …])` hands on what it was given.
        const carried =
          each.calls.get(instruction)?.builtin === true &&
          instruction.arguments.some((argument) => held.has(argument.value));
        if (carried && instruction.property !== undefined && combinators.has(instruction.property))
          held.add(instruction.dst);
        return;
      }
      default:
        return;
    }
  }

  private isView(values: readonly Value[] | undefined): boolean {
    return values?.some((value) => value.kind === "handle" && value.site === this.site) ?? false;
  }

  has(each: FunctionNode, register: number): boolean {
    return this.registers.get(each)?.has(register) ?? false;
  }

  /** Whether a register is an object or array that holds the handle. */
  contains(each: FunctionNode, register: number): boolean {
    return this.held.get(each)?.has(register) ?? false;
  }

  /** Whether the body of a function touches the handle. */
  touches(each: FunctionNode): boolean {
    return (this.registers.get(each)?.size ?? 0) > 0 || (this.held.get(each)?.size ?? 0) > 0;
  }
}

const combinators = new Set(["all", "allSettled", "race", "any"]);

const children = new WeakMap<FileFacts, ReadonlyMap<FunctionId, readonly FunctionId[]>>();

/** The functions that are written inside another, at any depth. */
function written(owner: FunctionNode): readonly FunctionNode[] {
  const { facts, functions } = owner.file;
  let table = children.get(facts);
  if (table === undefined) {
    const made = new Map<FunctionId, FunctionId[]>();
    for (const { id, parent } of facts.functions) {
      if (parent === undefined) continue;
      const siblings = made.get(parent);
      if (siblings === undefined) made.set(parent, [id]);
      else siblings.push(id);
    }
    table = made;
    children.set(facts, table);
  }
  const found: FunctionNode[] = [];
  const line = [...(table.get(owner.facts.id) ?? [])];
  for (const id of line) {
    const each = functions[id];
    if (each !== undefined) found.push(each);
    line.push(...(table.get(id) ?? []));
  }
  return found;
}

/** Whether a function is written inside another. */
export function isInside(each: FunctionNode, outer: FunctionNode): boolean {
  if (each.file !== outer.file) return false;
  let parent = each.facts.parent;
  for (let depth = 0; parent !== undefined && depth < 64; depth++) {
    if (parent === outer.facts.id) return true;
    parent = each.file.facts.functions[parent]?.parent;
  }
  return false;
}
