import type { Slot } from "../core/driver.ts";
import type { CallInstruction, FunctionFacts, Instruction } from "../core/facts.ts";
import type { Known } from "../core/model.ts";
import type { Place } from "../core/text.ts";
import { argumentIndex } from "./calls.ts";
import type { FileNode, FunctionNode } from "./program.ts";
import type { Value, Values } from "./values.ts";

/** Text with `undefined` for what is not known. */
export type Pieces = readonly (string | undefined)[];

const definitions = new WeakMap<FunctionFacts, Instruction[]>();

/** The instruction that writes a register. */
export function definition(each: FunctionNode, register: number): Instruction | undefined {
  let table = definitions.get(each.facts);
  if (table === undefined) {
    table = [];
    for (const block of each.facts.blocks) {
      for (const instruction of block.instructions) if ("dst" in instruction) table[instruction.dst] = instruction;
    }
    definitions.set(each.facts, table);
  }
  return table[register];
}

const labels = new WeakMap<FunctionFacts, readonly string[]>();

/** A name for what a register holds that survives edits elsewhere in the function: what is called, and which of its kind it is. */
export function labelOf(each: FunctionNode, register: number): string {
  let table = labels.get(each.facts);
  if (table === undefined) {
    table = labelTable(each);
    labels.set(each.facts, table);
  }
  return table[register] ?? String(register);
}

/** What makes no value of its own: most instructions, and nobody asks what tells these apart. */
const unlabelled: ReadonlySet<string> = new Set([
  "load",
  "get",
  "literal",
  "await",
  "closure",
  "global",
  "this",
  "operation",
]);

function labelTable(each: FunctionNode): readonly string[] {
  const table: string[] = [];
  const counts = new Map<string, number>();
  for (const block of each.facts.blocks) {
    for (const instruction of block.instructions) {
      if (!("dst" in instruction) || unlabelled.has(instruction.op)) continue;
      const base = instruction.op === "call" ? calledName(each, instruction) : instruction.op;
      const count = counts.get(base) ?? 0;
      counts.set(base, count + 1);
      table[instruction.dst] = `${base}#${count}`;
    }
  }
  return table;
}

function calledName(each: FunctionNode, call: CallInstruction): string {
  if (call.property !== undefined) return `call ${call.property}`;
  const callee = definition(each, call.callee);
  return callee?.op === "load" ? `call ${each.file.facts.variables[callee.variable]?.name}` : "call";
}

/** Every text that a set of values may be; none where one of them is not known to be text. */
export function texts(values: Values, depth = 0): readonly Pieces[] {
  const found: Pieces[] = [];
  for (const value of values) {
    if (value.kind === "constant" && typeof value.value === "string") found.push([value.value]);
    else if (value.kind === "text") found.push(templateText(value.function, value.register, depth));
    else if (value.kind === "handle" && value.descriptor.role === "sql") found.push(...builtText(value, depth));
    else if (value.kind !== "constant") return [];
  }
  return found;
}

/** The text of a template register, its known holes filled in. */
function templateText(each: FunctionNode, register: number, depth: number): Pieces {
  const instruction = definition(each, register);
  if (instruction?.op !== "template") return [undefined];
  const pieces: (string | undefined)[] = [];
  for (const part of instruction.parts) {
    if (typeof part === "string") append(pieces, part);
    else {
      const inner = depth > 4 ? [] : texts(each.registers[part] ?? [], depth + 1);
      const numbers = (each.registers[part] ?? []).filter(
        (value) => value.kind === "constant" && typeof value.value === "number",
      );
      if (inner.length === 1) for (const piece of inner[0] as Pieces) append(pieces, piece);
      else if (inner.length === 0 && numbers.length === 1)
        append(pieces, String((numbers[0] as { value: unknown }).value));
      else append(pieces, undefined);
    }
  }
  return pieces;
}

function append(pieces: (string | undefined)[], piece: string | undefined): void {
  const last = pieces.length - 1;
  if (piece !== undefined && typeof pieces[last] === "string") pieces[last] = (pieces[last] as string) + piece;
  else pieces.push(piece);
}

/** What a driver's SQL value (a tagged template, a cursor) was built from. */
function builtText(value: Value & { kind: "handle" }, depth: number): readonly Pieces[] {
  const { call, function: owner } = value.site;
  if (call === undefined || owner === undefined || depth > 4) return [];
  const resolved = owner.calls.get(call);
  for (const one of resolved?.driver ?? []) {
    for (const effect of one.effects) {
      if (effect.does === "builds SQL") return slotTexts(owner, call, effect.text, depth + 1);
    }
  }
  return [];
}

/** The texts that stand in a slot of a call: a string, a template, a config object's `text`, a SQL value. */
export function slotTexts(each: FunctionNode, call: CallInstruction, slot: Slot, depth = 0): readonly Pieces[] {
  if (slot === "receiver")
    return texts(call.receiver === undefined ? [] : (each.registers[call.receiver] ?? []), depth);
  const register = slotRegister(call, slot);
  if (register === undefined) return [];
  const instruction = definition(each, register);
  if (typeof slot !== "string" && "property" in slot && instruction?.op === "object") {
    const entry = instruction.entries.find((one) => one.key === slot.property);
    return entry === undefined ? [] : texts(each.registers[entry.value] ?? [], depth);
  }
  const values = each.registers[register] ?? [];
  const configs = values.flatMap((value) => (value.kind === "object" && !value.array ? objectText(value, depth) : []));
  return configs.length > 0 ? configs : texts(values, depth);
}

/** The `text` (or `sql`) of a query config object. */
function objectText(value: Value & { kind: "object" }, depth: number): readonly Pieces[] {
  const instruction = definition(value.function, value.register);
  if (instruction?.op !== "object") return [];
  const entry = instruction.entries.find((one) => one.key === "text" || one.key === "sql" || one.key === "query");
  return entry === undefined ? [] : texts(value.function.registers[entry.value] ?? [], depth);
}

export function slotRegister(call: CallInstruction, slot: Slot): number | undefined {
  const index = argumentIndex(slot, call);
  return index === undefined ? undefined : call.arguments[index]?.value;
}

/** What is known of a set of values, for options. */
export function known(values: Values): Known {
  const all = values.map(knownOne);
  if (all.length === 0) return { kind: "unknown" };
  if (all.length === 1) return all[0] as Known;
  // `process.env.X ?? "default"` is one environment variable with a fallback.
  const environment = all.find((one) => one.kind === "environment");
  const rest = all.filter((one) => one !== environment);
  if (environment?.kind === "environment" && rest.length === 1) {
    return { kind: "environment", name: environment.name, fallback: rest[0] as Known };
  }
  return { kind: "either", of: all };
}

function knownOne(value: Value): Known {
  switch (value.kind) {
    case "constant":
      return { kind: "constant", value: value.value };
    case "text":
      return { kind: "text", pieces: templateText(value.function, value.register, 0) };
    case "environment":
      return value.name === undefined ? { kind: "object" } : { kind: "environment", name: value.name };
    case "driver class":
      // A class counts by its name: `driver: PostgreSqlDriver`.
      return { kind: "constant", value: value.type };
    case "closure":
      return { kind: "function", place: functionPlace(value.function) };
    case "handle":
      return isExportedValue(value) ? { kind: "constant", value: value.type } : { kind: "handle" };
    case "instance":
      return value.class.base === undefined ? { kind: "object" } : { kind: "handle" };
    case "object":
    case "typed":
    case "module":
      return { kind: "object" };
    default:
      return { kind: "unknown" };
  }
}

/** `dialect: PostgresDialect`: what a library exports to be named in options counts by its name. */
const isExportedValue = ({ descriptor, site }: Value & { readonly kind: "handle" }): boolean =>
  descriptor.role === "value" && site.kind === "derived" && site.place.path === "";

const functionPlace = (each: FunctionNode): Place => ({
  path: each.file.path,
  span: each.facts.nameSpan ?? each.facts.span,
});

/** The literal that a register's text is written as, over variables and imports; undefined where it is put together or has several. */
export function literalPlace(each: FunctionNode, register: number, depth = 0): Place | undefined {
  const instruction = definition(each, register);
  if (instruction === undefined || depth > 5) return undefined;
  if (instruction.op === "literal")
    return typeof instruction.value === "string" ? { path: each.file.path, span: instruction.span } : undefined;
  if (instruction.op === "template")
    return instruction.parts.length <= 1 ? { path: each.file.path, span: instruction.span } : undefined;
  if (instruction.op === "get") return memberLiteral(each, instruction, depth);
  if (instruction.op !== "load") return undefined;
  const cells = each.file.imports.get(instruction.variable)?.cells ?? [each.file.variables[instruction.variable]];
  const [cell] = cells;
  const owner = cell?.owner;
  if (cell === undefined || owner === undefined || cells.length !== 1) return undefined;
  return storedLiteral(owner, owner.variables.indexOf(cell), depth);
}

/** The literal that a variable is given, where it is given one alone. */
function storedLiteral(owner: FileNode, variable: number, depth: number): Place | undefined {
  const places = storesOf(owner, variable).map(({ function: at, value }) => literalPlace(at, value, depth + 1));
  return places.length === 1 ? places[0] : undefined;
}

/** `statements.BEGIN` of a module or an object literal. */
function memberLiteral(each: FunctionNode, get: Instruction & { op: "get" }, depth: number): Place | undefined {
  const [value, other] = each.registers[get.object] ?? [];
  if (other !== undefined) return undefined;
  if (value?.kind === "module") {
    value.file.asked.add(get.property);
    const fact = value.file.facts.exports.find((one) => one.kind === "local" && one.name === get.property);
    return fact?.kind === "local" ? storedLiteral(value.file, fact.variable, depth) : undefined;
  }
  if (value?.kind !== "object") return undefined;
  const literal = definition(value.function, value.register);
  const entry = literal?.op === "object" ? literal.entries.find((one) => one.key === get.property) : undefined;
  return entry === undefined ? undefined : literalPlace(value.function, entry.value, depth + 1);
}

function storesOf(file: FileNode, variable: number): { readonly function: FunctionNode; readonly value: number }[] {
  return file.functions.flatMap((each) =>
    each.facts.blocks.flatMap((block) =>
      block.instructions.flatMap((one) =>
        one.op === "store" && one.variable === variable ? [{ function: each, value: one.value }] : [],
      ),
    ),
  );
}
