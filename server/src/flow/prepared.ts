import type { Effect, Slot } from "../core/driver.ts";
import type { CallInstruction } from "../core/facts.ts";
import type { Pool, PreparedStatement } from "../core/model.ts";
import type { Profile } from "../core/profile.ts";
import type { Span } from "../core/text.ts";
import { argumentIndex, type DriverCall } from "./calls.ts";
import type { FileNode, FunctionNode } from "./program.ts";
import { callsThat } from "./rare-calls.ts";
import { definition, slotTexts } from "./text.ts";
import type { HandleValue, ObjectValue, Values } from "./values.ts";

/** What is needed of the rest of the model. */
export interface PreparedSurroundings {
  context(file: FileNode): Pool["context"];
  isPostgres(handle: HandleValue | undefined, driver: DriverCall["driver"], file: FileNode): boolean;
  profile(handle: HandleValue | undefined, file: FileNode): Profile;
}

type Prepares = Effect & { readonly does: "prepares" };

/** Where a name is written: an entry of an object, or an argument. */
interface Naming {
  readonly each: FunctionNode;
  readonly value: number;
  readonly span: Span;
  readonly site?: PreparedStatement["site"];
}

/** Every statement that the code names for the protocol, each once, in source order. */
export function findPrepared(files: readonly FileNode[], around: PreparedSurroundings): readonly PreparedStatement[] {
  const found = new Map<string, PreparedStatement>();
  for (const file of files) {
    for (const { each, call, one } of callsThat(file, "prepares")) {
      // Where a library names everything by itself, its switch decides of these too.
      if (one.driver.statements === "named") continue;
      for (const effect of one.effects) {
        if (effect.does !== "prepares" || effect.name === undefined) continue;
        if (!around.isPostgres(one.receiver, one.driver, file)) continue;
        for (const naming of namings(each, call, effect.name)) {
          const statement = described(each, call, one, effect, naming, around);
          if (statement === undefined) continue;
          const { path, span } = statement.place;
          if (!found.has(`${path} ${span.start}`)) found.set(`${path} ${span.start}`, statement);
        }
      }
    }
  }
  return [...found.values()];
}

function described(
  each: FunctionNode,
  call: CallInstruction,
  one: DriverCall,
  effect: Prepares,
  naming: Naming,
  around: PreparedSurroundings,
): PreparedStatement | undefined {
  const name = nameOf(naming);
  if (name === undefined) return undefined;
  const [text, other] = textsOf(each, call, effect);
  return {
    place: { path: naming.each.file.path, span: naming.span },
    call,
    driver: one.driver,
    member: one.name,
    context: around.context(each.file),
    profile: around.profile(one.receiver, each.file),
    ...(name === unknownName ? {} : { name }),
    ...(text === undefined || other !== undefined ? {} : { text }),
    ...(naming.site === undefined ? {} : { site: naming.site }),
  };
}

function* namings(each: FunctionNode, call: CallInstruction, slot: Slot): Generator<Naming> {
  const index = argumentIndex(slot, call);
  const argument = index === undefined ? undefined : call.arguments[index];
  if (argument === undefined || argument.spread) return;
  if (typeof slot === "string" || !("property" in slot)) {
    yield { each, value: argument.value, span: argument.span };
    return;
  }
  for (const value of each.registers[argument.value] ?? []) {
    if (value.kind === "object" && !value.array) yield* entriesOf(value, slot.property, 0);
  }
}

/** The entry of that name in an object literal, or in one that is spread into it. */
function* entriesOf(object: ObjectValue, property: string, depth: number): Generator<Naming> {
  const each = object.function;
  const literal = definition(each, object.register);
  if (literal?.op !== "object" || depth > 3) return;
  const own = literal.entries.findLast((entry) => entry.key === property);
  if (own !== undefined) {
    const entries = literal.entries.map(({ key, span, valueSpan }) => ({
      ...(key === undefined ? {} : { key }),
      span,
      valueSpan,
    }));
    yield { each, value: own.value, span: own.span, site: { span: literal.span, entries } };
    return;
  }
  for (const entry of literal.entries) {
    if (!entry.spread) continue;
    for (const value of each.registers[entry.value] ?? [])
      if (value.kind === "object" && !value.array) yield* entriesOf(value, property, depth + 1);
  }
}

const unknownName = Symbol("a name that is put together at run time");

/** Undefined where there is no name, or perhaps none (`name: cached ? "x" : undefined`). */
function nameOf({ each, value }: Naming): string | typeof unknownName | undefined {
  const values: Values = each.registers[value] ?? [];
  if (values.length === 0) return definition(each, value)?.op === "call" ? unknownName : undefined;
  let name: string | typeof unknownName | undefined;
  for (const one of values) {
    if (one.kind === "constant" && typeof one.value === "string" && one.value !== "")
      name = name === undefined || name === one.value ? one.value : unknownName;
    else if (one.kind === "text") name = unknownName;
    else return undefined;
  }
  return name;
}

/** The text beside the name. */
function textsOf(each: FunctionNode, call: CallInstruction, { name }: Prepares): ReturnType<typeof slotTexts> {
  if (name === undefined || typeof name === "string" || !("property" in name)) return [];
  return slotTexts(each, call, { ...name, property: "text" });
}
