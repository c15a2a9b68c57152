import type { CallInstruction, FileFacts, FunctionId, Instruction, VariableId } from "../core/facts.ts";
import { functionOf } from "../core/functions.ts";
import { type FunctionNode, nodeOf } from "./program.ts";
import { definition } from "./text.ts";
import type { Site, Value } from "./values.ts";

/** What holds a handle where it is first seen: the handle itself, or objects that have it inside. */
export interface Holders {
  /** Variables and registers of the function that hold the handle. */
  readonly variables?: Iterable<VariableId>;
  readonly registers?: Iterable<number>;
  /** Variables and registers that hold an object with the handle in it: a pair, a record, an instance of a class, a closure. */
  readonly containers?: Iterable<VariableId>;
  readonly containing?: Iterable<number>;
  /** `this` is such an object. */
  readonly receiver?: true;
  /** A field of `this` that is such an object. */
  readonly field?: string;
  /** The context manager that lends the handle: once it is disposed of, the handle is nobody's business here. */
  readonly lender?: number;
  /** In the function that made the handle: closures of it that were handed out with it. */
  readonly made?: Aliases;
}

/**
 * Which variables and registers hold one handle. Variables are those of one file, so that the closures of the function that made
 * the handle are covered; registers are worked out function by function.
 */
export class Aliases {
  private readonly registers = new Map<FunctionNode, ReadonlySet<number>>();
  private readonly held = new Map<FunctionNode, ReadonlySet<number>>();
  readonly variables: Set<VariableId>;
  /** Objects and arrays that hold the handle. */
  private readonly containers: Set<VariableId>;
  private readonly roots: ReadonlySet<number>;
  private readonly containing: ReadonlySet<number>;
  private receiver: boolean;

  /**
   * @param site what the handle is, for calls that hand it back and properties that are views of it
   * @param owner the function in which it is first seen
   */
  constructor(
    readonly site: Site,
    private readonly owner: FunctionNode,
    private readonly holders: Holders,
  ) {
    this.variables = new Set(holders.variables);
    this.containers = new Set(holders.containers);
    this.roots = new Set(holders.registers);
    this.containing = new Set(holders.containing);
    this.receiver = holders.receiver === true;
    this.spreadOver(owner);
  }

  /** `this` has the handle in a field: from the start, or because the function puts it there. */
  get isInThis(): boolean {
    return this.receiver || this.holders.field !== undefined;
  }

  /** The handle's variables grow while functions are looked at; two rounds settle what closures assign. */
  private spreadOver(owner: FunctionNode): void {
    const reach = [owner, ...written(owner)];
    for (let round = 0; round < 4; round++) {
      const before = this.size;
      for (const each of reach) this.collect(each);
      if (this.size === before) break;
    }
  }

  private get size(): number {
    return this.variables.size + this.containers.size + (this.receiver ? 1 : 0);
  }

  private collect(each: FunctionNode): void {
    const registers = new Set<number>(each === this.owner ? this.roots : []);
    const held = new Set<number>(each === this.owner ? this.containing : []);
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
        if (held.has(instruction.object)) this.taken(each, instruction.dst, registers, held);
        if (instruction.property === this.holders.field && isThis(each, instruction.object)) held.add(instruction.dst);
        return;
      case "this":
        if (this.receiver && this.sharesThis(each)) held.add(instruction.dst);
        return;
      case "set":
        // From here on the object has it; what takes it out again is the same handle.
        if (registers.has(instruction.value) && isThis(each, instruction.object) && this.sharesThis(each))
          this.receiver = true;
        return;
      case "element":
      case "rest":
        if (instruction.op === "element" ? held.has(instruction.collection) : held.has(instruction.object)) {
          if (instruction.op === "rest") held.add(instruction.dst);
          else this.taken(each, instruction.dst, registers, held);
        }
        return;
      case "object":
        if (instruction.entries.some((entry) => registers.has(entry.value) || held.has(entry.value)))
          held.add(instruction.dst);
        return;
      case "closure": {
        const closure = nodeOf(each.file, instruction.function);
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
        if (instruction.style === "new" && this.wraps(each, instruction, registers, held)) held.add(instruction.dst);
        return;
      }
      default:
        return;
    }
  }

  /** What is taken out of a container: the handle, or a closure over it. */
  private taken(each: FunctionNode, dst: number, registers: Set<number>, held: Set<number>): void {
    const values = each.registers[dst];
    if (this.isView(values)) registers.add(dst);
    else if (values?.some((value) => value.kind === "closure" && this.madeBy(value.function) !== undefined))
      held.add(dst);
  }

  /** `new Unit(client)`: an instance of a class of the workspace that was given the handle. */
  private wraps(
    each: FunctionNode,
    call: CallInstruction,
    registers: ReadonlySet<number>,
    held: ReadonlySet<number>,
  ): boolean {
    const isInstance = each.registers[call.dst]?.some((value) => value.kind === "instance") ?? false;
    return isInstance && call.arguments.some(({ value }) => registers.has(value) || held.has(value));
  }

  /** Whether `this` in a function is what it is in the owner. */
  private sharesThis(each: FunctionNode): boolean {
    let at: FunctionNode | undefined = each;
    while (at !== undefined && at !== this.owner && at.facts.kind === "arrow" && at.facts.parent !== undefined)
      at = nodeOf(at.file, at.facts.parent);
    return at === this.owner;
  }

  private isView(values: readonly Value[] | undefined): boolean {
    return values?.some((value) => value.kind === "handle" && value.site === this.site) ?? false;
  }

  has(each: FunctionNode, register: number): boolean {
    return this.registers.get(each)?.has(register) ?? false;
  }

  /** Whether a register is the context manager that lends the handle. */
  isLender(each: FunctionNode, register: number): boolean {
    return each === this.owner && register === this.holders.lender;
  }

  /** Whether a register is an object or array that holds the handle. */
  contains(each: FunctionNode, register: number): boolean {
    return this.held.get(each)?.has(register) ?? false;
  }

  /** The aliases by which a closure knows the handle that it was handed out with. */
  madeBy(closure: FunctionNode): Aliases | undefined {
    const { made } = this.holders;
    return made?.touches(closure) === true ? made : made?.madeBy(closure);
  }

  /** Whether the body of a function touches the handle. */
  touches(each: FunctionNode): boolean {
    return (this.registers.get(each)?.size ?? 0) > 0 || (this.held.get(each)?.size ?? 0) > 0;
  }
}

const isThis = (each: FunctionNode, register: number): boolean => definition(each, register)?.op === "this";

const combinators = new Set(["all", "allSettled", "race", "any"]);

const children = new WeakMap<FileFacts, ReadonlyMap<FunctionId, readonly FunctionId[]>>();

/** The functions that are written inside another, at any depth. */
export function written(owner: FunctionNode): readonly FunctionNode[] {
  const { facts } = owner.file;
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
    const each = nodeOf(owner.file, id);
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
    parent = functionOf(each.file.facts, parent)?.parent;
  }
  return false;
}
