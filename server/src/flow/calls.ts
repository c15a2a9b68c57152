import type {
  Driver,
  Effect,
  Guard,
  Member,
  Returned,
  Signature,
  Slot,
  TypeDescriptor,
  TypeName,
} from "../core/driver.ts";
import type { CallInstruction } from "../core/facts.ts";
import type { Span } from "../core/text.ts";
import type { FunctionNode } from "./program.ts";
import type { ExternalValue, GlobalValue, HandleValue, Value, Values } from "./values.ts";

/** What one call does, as far as the values of its callee tell. */
export interface Resolved {
  /** Functions of the workspace that it may enter. */
  readonly targets: readonly FunctionNode[];
  readonly driver: readonly DriverCall[];
  /** Things of other packages or of the runtime that it may call. */
  readonly external: readonly (ExternalValue | GlobalValue)[];
  /** Constructs of the language whose behaviour is known (`Promise.all`, `array.map`): the arguments go nowhere else. */
  readonly builtin: boolean;
}

/** A call of a driver's member, with the overload that it is. */
export interface DriverCall {
  readonly driver: Driver;
  readonly name: string;
  readonly signature: Signature;
  readonly effects: readonly Effect[];
  readonly receiver?: HandleValue;
  /** The handle that the call makes: opened, acquired, begun. */
  readonly result?: HandleValue;
  /** Callbacks of the workspace that the library calls, by the effect's slot. */
  readonly callbacks: readonly FunctionNode[];
}

export const unresolved: Resolved = { targets: [], driver: [], external: [], builtin: false };

/** Stands for the call that opens a pool where nobody writes one: a framework or another program reads a class or a file. */
export const unwrittenCall = (style: "call" | "new", span: Span, calleeSpan = span): CallInstruction => ({
  op: "call",
  dst: -1,
  style,
  callee: -1,
  arguments: [],
  use: "used",
  span,
  calleeSpan,
  argumentsSpan: { start: span.end, end: span.end },
  managed: false,
});

/** The argument index that a slot means in this call, or undefined. */
export function argumentIndex(slot: Slot, call: CallInstruction): number | undefined {
  if (typeof slot === "string") return undefined;
  if ("property" in slot) return typeof slot.argument === "number" ? slot.argument : undefined;
  return placeOf(slot, call);
}

/** The index of an argument that may be given by its place or by its name. */
function placeOf(
  { argument, keyword }: { readonly argument: number | "last"; readonly keyword?: string },
  call: CallInstruction,
): number | undefined {
  if (call.style === "tag") return 0;
  const named = keyword === undefined ? -1 : call.arguments.findIndex((one) => one.keyword === keyword);
  if (named >= 0) return named;
  const index = argument === "last" ? call.arguments.length - 1 : argument;
  return call.arguments[index]?.keyword === undefined ? index : undefined;
}

const isHandle = (value: Value): boolean => value.kind === "handle" || value.kind === "instance";

/** What an argument may be, or a (dotted) property of it. */
export type ArgumentValues = (index: number, property?: string) => Values;

/** `undefined`: the values do not tell. */
function shape(guard: Guard, call: CallInstruction, values: ArgumentValues): boolean | undefined {
  if (guard.is === "decorator") return call.style === "decorator";
  const index = placeOf(guard, call);
  const argument = index === undefined ? undefined : call.arguments[index];
  if (call.style === "tag") return guard.is === "template" || guard.is === "present";
  if (index === undefined || argument === undefined) return guard.is === "absent";
  if (argument.spread) return guard.is === "present" ? true : undefined;
  const found = values(index, guard.property);
  if (guard.property !== undefined && found.length === 0) return propertyShape(guard, values(index));
  switch (guard.is) {
    case "absent":
      return found.length > 0 && found.every((value) => value.kind === "constant" && value.value === undefined);
    case "present":
      return true;
    case "template":
      return false;
    case "function":
      return tell(found, (value) => value.kind === "closure" || value.kind === "member");
    case "string":
      return guard.oneOf === undefined
        ? tell(found, isText)
        : tell(found, (value) => value.kind === "constant" && guard.oneOf?.includes(String(value.value)) === true);
    case "object":
      return tell(found, (value) => (value.kind === "object" && !value.array) || value.kind === "typed");
    case "array":
      return tell(found, (value) => value.kind === "object" && value.array);
    case "handle":
      return tell(found, isHandle);
  }
}

/** A property that holds nothing known: absent from an object literal, unknown in anything else. */
function propertyShape(guard: Guard, owner: Values): boolean | undefined {
  if (owner.length === 0 || !owner.every((value) => value.kind === "object" || value.kind === "constant"))
    return undefined;
  const literal = owner.every(
    (value) => value.kind !== "object" || !hasProperty(value.function, value.register, guard.property ?? ""),
  );
  if (!literal) return guard.is === "present" ? true : guard.is === "absent" ? false : undefined;
  return guard.is === "absent";
}

function hasProperty(each: FunctionNode, register: number, property: string): boolean {
  const name = property.split(".")[0];
  for (const block of each.facts.blocks) {
    for (const instruction of block.instructions) {
      if (instruction.op !== "object" || instruction.dst !== register) continue;
      return instruction.entries.some((entry) => entry.key === name || entry.key === undefined);
    }
  }
  return true;
}

const isText = (value: Value): boolean =>
  (value.kind === "constant" && typeof value.value === "string") ||
  value.kind === "text" ||
  value.kind === "environment";

function tell(values: Values, test: (value: Value) => boolean): boolean | undefined {
  if (values.some(test)) return true;
  return values.some((value) => value.kind !== "constant" || value.value !== undefined) ? false : undefined;
}

/** The overload that the call is: the first whose guards hold, else the first that nothing contradicts. */
export function overload(member: Member, call: CallInstruction, values: ArgumentValues): Signature | undefined {
  const signatures: readonly Signature[] =
    "length" in member ? (member as readonly Signature[]) : [member as Signature];
  let possible: Signature | undefined;
  for (const signature of signatures) {
    const guards = signature.when === undefined ? [] : "length" in signature.when ? signature.when : [signature.when];
    const verdicts = guards.map((guard) => shape(guard, call, values));
    if (verdicts.every((verdict) => verdict === true)) return signature;
    if (possible === undefined && !verdicts.includes(false)) possible = signature;
  }
  return possible;
}

export const returnedType = (returns: TypeName | Returned): TypeName =>
  typeof returns === "string" ? returns : returns.type;

export const returnsSame = (returns: TypeName | Returned | undefined): boolean =>
  returns !== undefined && typeof returns !== "string";

/** Looks a member up in a type and in what it extends. */
export function findMember(
  driver: Driver,
  type: TypeName,
  name: string,
): { member: Member; owner: TypeName } | undefined {
  for (const [owner, descriptor] of lineage(driver, type)) {
    const member = ownEntry(descriptor.members, name);
    if (member !== undefined) return { member, owner };
  }
  for (const [owner, descriptor] of lineage(driver, type)) {
    // What the language calls by itself is no member of everything.
    if (descriptor.anyMember !== undefined && !name.startsWith("__")) return { member: descriptor.anyMember, owner };
  }
  return undefined;
}

export function findProperty(driver: Driver, type: TypeName, name: string): TypeName | Returned | undefined {
  for (const [, descriptor] of lineage(driver, type)) {
    const property = ownEntry(descriptor.properties, name);
    if (property !== undefined) return property;
    if (ownEntry(descriptor.members, name) !== undefined) return undefined;
  }
  for (const [, descriptor] of lineage(driver, type)) {
    if (descriptor.anyProperty !== undefined) return descriptor.anyProperty;
  }
  return undefined;
}

export function inherited<K extends "call" | "tag" | "new">(
  driver: Driver,
  type: TypeName,
  key: K,
): Member | undefined {
  for (const [, descriptor] of lineage(driver, type)) {
    const member = descriptor[key];
    if (member !== undefined) return member;
  }
  return undefined;
}

function* lineage(driver: Driver, type: TypeName): Generator<[TypeName, TypeDescriptor]> {
  let name: TypeName | undefined = type;
  for (let depth = 0; name !== undefined && depth < 8; depth++) {
    const descriptor: TypeDescriptor | undefined = driver.types[name];
    if (descriptor === undefined) return;
    yield [name, descriptor];
    name = descriptor.extends;
  }
}

/** An own entry of a record: `constructor` and kin are not members of a driver. */
export function ownEntry<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Whether a type is another, or extends it. */
export function isA(driver: Driver, type: TypeName, other: TypeName): boolean {
  for (const [name] of lineage(driver, type)) if (name === other) return true;
  return false;
}
