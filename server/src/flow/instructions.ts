import type { Instruction } from "../core/facts.ts";
import type { Calls } from "./call-values.ts";
import type { Cell } from "./cells.ts";
import type { Fields } from "./fields.ts";
import type { Flow } from "./flow.ts";
import { type FunctionNode, nodeOf } from "./program.ts";
import type { Properties } from "./properties.ts";
import type { Scope } from "./scope.ts";
import { definition, labelOf } from "./text.ts";
import { nothing, union, type Value, type Values } from "./values.ts";

/** Instructions → values: what one gives, and what it puts elsewhere. */
export class Instructions {
  constructor(
    private readonly flow: Flow,
    private readonly fields: Fields,
    private readonly properties: Properties,
    private readonly scope: Scope,
    private readonly calls: Calls,
  ) {}

  /** What an instruction leaves in its register; undefined for one that leaves nothing. */
  step(each: FunctionNode, registers: readonly Values[], instruction: Instruction): Values | undefined {
    const get = (register: number): Values => registers[register] ?? nothing;
    const { flow, fields, scope } = this;
    switch (instruction.op) {
      case "literal":
        if (typeof instruction.value === "string" && instruction.value.length >= 20_000) return undefined;
        return registers[instruction.dst] ?? [flow.interner.constant(instruction.value)];
      case "template":
        return registers[instruction.dst] ?? [this.text(each, instruction.dst)];
      case "object":
        return this.object(each, registers, instruction);
      case "array":
        return this.array(each, registers, instruction);
      case "load":
        return scope.load(each, instruction.variable);
      case "store":
        flow.grow(each.file.variables[instruction.variable] as Cell, get(instruction.value));
        return undefined;
      case "global":
        return instruction.name === "undefined"
          ? [flow.interner.constant(undefined)]
          : scope.globalNamed(instruction.name, each);
      case "this":
        return scope.receiverOf(each);
      case "super":
        return scope.superOf(each);
      case "get":
        return this.properties.of(get(instruction.object), instruction.property, each);
      case "set":
        fields.assign(get(instruction.object), instruction.property, get(instruction.value));
        return undefined;
      case "index":
        return this.index(get(instruction.object), get(instruction.key), each);
      case "setIndex":
        fields.assign(get(instruction.object), "[]", get(instruction.value));
        return undefined;
      case "rest":
        return get(instruction.object);
      case "element":
        return fields.elements(get(instruction.collection), instruction.index, each);
      case "closure": {
        const target = nodeOf(each.file, instruction.function);
        return target === undefined
          ? undefined
          : (registers[instruction.dst] ?? flow.interner.alone(flow.interner.closure(target)));
      }
      case "class": {
        const node = each.file.classes[instruction.class];
        if (node === undefined) return undefined;
        if (node.facts.superclass !== undefined) scope.inherit(node, get(node.facts.superclass), each);
        return flow.interner.alone(flow.interner.class(node));
      }
      case "call":
        return this.calls.call(each, registers, instruction);
      case "await":
        return awaited(get(instruction.value));
      case "yield":
        if (instruction.value === undefined) return undefined;
        flow.grow(each.returns, get(instruction.value));
        return get(instruction.value);
      case "import":
        return scope.required(each, instruction.specifier);
      case "either":
        return union(
          instruction.values.map((value, index) =>
            index === 1 ? apartFrom(each, registers, instruction, get(value)) : get(value),
          ),
        );
      case "operation":
      case "disconnected":
      case "dispose":
      case "unknown":
        return undefined;
    }
  }

  private object(
    each: FunctionNode,
    registers: readonly Values[],
    { dst, entries }: Instruction & { readonly op: "object" },
  ): Values {
    const { flow, fields } = this;
    const value = fields.object(each, dst, false);
    for (const entry of entries) {
      const values = registers[entry.value] ?? nothing;
      if (entry.key !== undefined) {
        flow.grow(fields.field(value, entry.key), values);
        fields.ownFunctions(value, values);
      } else if (entry.spread) fields.spread(value, values);
      else flow.grow(fields.field(value, "[]"), values);
    }
    return [value];
  }

  private array(
    each: FunctionNode,
    registers: readonly Values[],
    { dst, elements }: Instruction & { readonly op: "array" },
  ): Values {
    const { flow, fields } = this;
    const value = fields.object(each, dst, true);
    for (const [index, element] of elements.entries()) {
      const own = registers[element.value] ?? nothing;
      const values = element.spread ? fields.elements(own, undefined, each) : own;
      flow.grow(fields.field(value, "[]"), values);
      if (!element.spread) flow.grow(fields.field(value, `#${index}`), values);
    }
    return [value];
  }

  private index(values: Values, keys: Values, each: FunctionNode): Values {
    const found: Values[] = [];
    for (const key of keys)
      if (key.kind === "constant" && typeof key.value === "string")
        found.push(this.properties.of(values, key.value, each));
    const told = union(found);
    if (told.length > 0) return told;
    const elements = this.fields.elements(values, undefined, each);
    const isTold = keys.some(({ kind }) => kind === "constant");
    return elements.length > 0 || isTold ? elements : this.fields.functionsOf(values, each);
  }

  private text(each: FunctionNode, register: number): Value {
    return this.flow.interner.text(each, labelOf(each, register), register);
  }
}

/** `one instanceof Pool ? await one.connect() : one`: what comes last is no pool. */
function apartFrom(
  each: FunctionNode,
  registers: readonly Values[],
  { operator, test }: Instruction & { readonly op: "either" },
  values: Values,
): Values {
  const asked = operator === "?:" && test !== undefined ? definition(each, test) : undefined;
  if (asked?.op !== "operation" || asked.operator !== "instanceof") return values;
  const [, right] = asked.operands;
  const classes = registers[right ?? -1] ?? nothing;
  const isOne = (value: Value): boolean =>
    classes.some(
      (one) =>
        (one.kind === "driver class" &&
          value.kind === "handle" &&
          value.driver === one.driver &&
          value.type === one.type) ||
        (one.kind === "class" && value.kind === "instance" && value.class === one.class),
    );
  return values.some(isOne) ? values.filter((value) => !isOne(value)) : values;
}

/** Awaiting a query builder runs it: what comes out is rows. */
const isBuilder = (value: Value): boolean =>
  value.kind === "handle" && value.descriptor.role === "query" && value.descriptor.anyMember !== undefined;

const awaited = (values: Values): Values =>
  values.some(isBuilder) ? values.filter((value) => !isBuilder(value)) : values;

/**
 * Whether an instruction asks for so little that it is looked at again whenever its function is: whoever reads what these read is the function
 * itself, as nearly all of its instructions are such.
 */
export function isPlain(instruction: Instruction, registers: readonly Values[]): boolean {
  switch (instruction.op) {
    case "load":
    case "global":
    case "this":
    case "super":
      return true;
    case "get":
      return (registers[instruction.object] ?? nothing).length === 0;
    default:
      return false;
  }
}

/** Whether one of the registers that an instruction uses is among those that hold something else than before. */
export function usesAny(
  { file }: FunctionNode,
  instruction: Instruction,
  isNew: (register: number) => boolean,
): boolean {
  switch (instruction.op) {
    case "object":
      return instruction.entries.some(({ value }) => isNew(value));
    case "array":
      return instruction.elements.some(({ value }) => isNew(value));
    case "store":
    case "await":
      return isNew(instruction.value);
    case "get":
    case "rest":
      return isNew(instruction.object);
    case "set":
      return isNew(instruction.object) || isNew(instruction.value);
    case "index":
      return isNew(instruction.object) || isNew(instruction.key);
    case "setIndex":
      return isNew(instruction.object) || isNew(instruction.value);
    case "element":
      return isNew(instruction.collection);
    case "class": {
      const superclass = file.classes[instruction.class]?.facts.superclass;
      return superclass !== undefined && isNew(superclass);
    }
    case "call": {
      if (isNew(instruction.callee)) return true;
      if (instruction.receiver !== undefined && isNew(instruction.receiver)) return true;
      return instruction.arguments.some(({ value }) => isNew(value));
    }
    case "yield":
      return instruction.value !== undefined && isNew(instruction.value);
    case "either":
      return instruction.values.some(isNew) || (instruction.test !== undefined && isNew(instruction.test));
    case "literal":
    case "template":
    case "load":
    case "global":
    case "this":
    case "super":
    case "closure":
    case "import":
    case "operation":
    case "disconnected":
    case "dispose":
    case "unknown":
      return false;
  }
}

/** Whether a variable that is no import still holds what a register does. */
export const isAsBefore = (
  { file }: FunctionNode,
  { variable, dst }: Instruction & { readonly op: "load" },
  registers: readonly Values[],
): boolean =>
  (file.variables[variable] as Cell).list === registers[dst] && file.facts.variables[variable]?.kind !== "import";
