import type { Driver, Effect, OptionMeaning } from "../core/driver.ts";
import type { CallInstruction, ObjectEntry } from "../core/facts.ts";
import type { Known, ObjectSite, Option, PoolOptions } from "../core/model.ts";
import type { Span } from "../core/text.ts";
import { type FileNode, type FunctionNode, isPython } from "./program.ts";
import { definition, known } from "./text.ts";
import type { ObjectValue, Value, Values } from "./values.ts";

type Opens = Effect & { readonly does: "opens" };

/** Reads the properties of a value: the propagation's own look-up. */
export type PropertyReader = (values: Values, name: string, reader: FunctionNode) => Values;

/** A call that hands options on to a pool that it does not open itself (`pgp({ schema })`), or not with these (`new PrismaPg(…, here)`). */
export interface Configuring {
  readonly each: FunctionNode;
  readonly call: CallInstruction;
  readonly effect: Effect & { readonly does: "configures" };
}

interface Gathering {
  readonly driver: Pick<Driver, "options">;
  readonly entries: Option[];
  readonly sites: Record<string, ObjectSite>;
  complete: boolean;
  /** How many of the objects that are being read may not be the ones that are used. */
  doubts: number;
  /** Whose objects say nothing of the pool: a test hands over what suits it. */
  readonly isTest?: (file: FileNode) => boolean;
}

/** Options of nested objects are read this deep (`connection.ssl.…`). */
const maximumDepth = 3;

/** Everything that a call that opens a pool says about it. `property` reads fields that were assigned after the literal. */
export function readOptions(
  each: FunctionNode,
  call: CallInstruction,
  effect: Opens,
  driver: Pick<Driver, "options">,
  property: PropertyReader,
  configuring: readonly Configuring[] = [],
  isTest: (file: FileNode) => boolean = () => false,
): PoolOptions {
  const gathering: Gathering = {
    driver,
    entries: [],
    sites: {},
    complete: true,
    doubts: 0,
    ...(isTest(each.file) ? {} : { isTest }),
  };
  if (effect.options === "keywords") readKeywords(gathering, each, call);
  else if (effect.options !== undefined) {
    const argument = call.arguments[effect.options];
    if (argument !== undefined) {
      let values = each.registers[argument.value] ?? [];
      if (effect.factory !== undefined) {
        values = property(values, effect.factory, each).flatMap((value) =>
          value.kind === "closure" ? value.function.returns.list : [value],
        );
      }
      const objects = values.filter((value) => isObject(value));
      const texts = values.filter((value) => !isObject(value) && !isAbsent(value));
      if (objects.length > 0) readObjects(gathering, objects, "");
      if (
        argument.spread ||
        (values.length === 0 && effect.url !== effect.options) ||
        (texts.length > 0 && effect.url !== effect.options)
      )
        gathering.complete = false;
      if (values.length === 0 && effect.url === effect.options) gathering.complete = false;
    }
  }
  const settings = effect.settings === undefined ? undefined : call.arguments[effect.settings];
  if (settings !== undefined && !isOfAlembic(each, settings.value, 0)) gathering.complete = false;
  // `postgres(merged({ prepare: false }, defaults))`: what stands where a URL may be is made of options.
  const first = effect.url === 0 && call.arguments.length === 1 ? call.arguments[0] : undefined;
  const merged = first === undefined ? [] : mergedInto(each, first.value);
  if (merged.length > 0) {
    readObjects(gathering, merged, "");
    gathering.complete = false;
  }
  for (const one of configuring) readConfiguring(gathering, one);
  if (effect.url !== undefined) positional(gathering, each, call, effect.url, "url");
  for (const [index, means] of Object.entries(effect.positional ?? {}))
    positional(gathering, each, call, Number(index), means);
  const missing =
    typeof effect.options === "number" && call.arguments.length === effect.options ? effect.options : undefined;
  return {
    entries: gathering.entries,
    complete: gathering.complete,
    sites: gathering.sites,
    ...(missing === undefined ? {} : { missingArgument: missing }),
  };
}

/** A setting of the application that stands by itself: `app.config["NAME"] = value`. */
export interface Setting {
  readonly owner: FunctionNode;
  readonly entry: ObjectEntry & { readonly key: string };
}

/** What settings that stand by themselves say, as options. */
export function readSettings(settings: readonly Setting[], driver: Pick<Driver, "options">): PoolOptions {
  const gathering: Gathering = { driver, entries: [], sites: {}, complete: true, doubts: 0 };
  for (const { owner, entry } of settings) readEntries(gathering, owner, [entry], "", new Set());
  return { entries: gathering.entries, sites: gathering.sites, complete: gathering.complete };
}

/** What a dictionary of settings says, as options. */
export function readDictionary(owner: FunctionNode, register: number, driver: Pick<Driver, "options">): PoolOptions {
  const gathering: Gathering = { driver, entries: [], sites: {}, complete: true, doubts: 0 };
  const objects = (owner.registers[register] ?? []).filter(isObject);
  if (objects.length === 0) gathering.complete = false;
  readObjects(gathering, objects, "");
  return { entries: gathering.entries, sites: gathering.sites, complete: gathering.complete };
}

function readConfiguring(gathering: Gathering, { each, call, effect }: Configuring): void {
  const argument = call.arguments[effect.options];
  if (argument === undefined) return;
  readObjects(gathering, (each.registers[argument.value] ?? []).filter(isObject), effect.path);
}

/** A section of `alembic.ini`: a URL stands there, and nothing else that an engine is told. */
function isOfAlembic(each: FunctionNode, register: number, depth: number): boolean {
  const one = definition(each, register);
  if (depth > 4 || one === undefined) return false;
  if (one.op === "call") return one.property === "get_section";
  if (one.op === "either") return one.values.some((value) => isOfAlembic(each, value, depth + 1));
  if (one.op !== "load") return false;
  return each.facts.blocks.some(({ instructions }) =>
    instructions.some(
      (other) => other.op === "store" && other.variable === one.variable && isOfAlembic(each, other.value, depth + 1),
    ),
  );
}

/** The objects that are written where a function of another package puts one together. */
function mergedInto(each: FunctionNode, register: number): Values {
  const made = definition(each, register);
  if (made?.op !== "call" || (each.registers[register] ?? []).length > 0) return [];
  return made.arguments.flatMap(({ value }) =>
    definition(each, value)?.op === "object" ? (each.registers[value] ?? []).filter(isObject) : [],
  );
}

const isObject = (value: Value): boolean => (value.kind === "object" && !value.array) || value.kind === "typed";
const isAbsent = (value: Value): boolean => value.kind === "constant" && value.value === undefined;

function positional(
  gathering: Gathering,
  each: FunctionNode,
  call: CallInstruction,
  index: number,
  means: OptionMeaning,
): void {
  const argument = call.arguments[index];
  if (argument === undefined || argument.keyword !== undefined) return;
  const values = (each.registers[argument.value] ?? []).filter((value) => !isObject(value));
  if (values.length === 0 && (each.registers[argument.value] ?? []).length > 0) return;
  gathering.entries.push({
    path: `(${index})`,
    means,
    value: known(values),
    place: { path: each.file.path, span: argument.span },
    keySpan: argument.span,
    valueSpan: argument.span,
    from: "argument",
  });
}

function readObjects(gathering: Gathering, objects: Values, prefix: string): void {
  // Alternatives: what stands in one of them alone is not certain.
  if (objects.length > 1) gathering.complete = false;
  withDoubt(gathering, objects.length > 1, () => {
    for (const value of objects) {
      if (value.kind === "object") readObject(gathering, value, prefix, new Set());
      else gathering.complete = false;
    }
  });
}

function withDoubt(gathering: Gathering, doubtful: boolean, read: () => void): void {
  if (doubtful) gathering.doubts++;
  read();
  if (doubtful) gathering.doubts--;
}

function readObject(gathering: Gathering, value: ObjectValue, prefix: string, seen: Set<ObjectValue>): void {
  if (seen.has(value)) return;
  seen.add(value);
  if (gathering.isTest?.(value.function.file)) {
    gathering.complete = false;
    return;
  }
  const literal = definition(value.function, value.register);
  if (literal?.op !== "object") {
    gathering.complete = false;
    return;
  }
  const { path } = value.function.file;
  gathering.sites[prefix] ??= {
    path,
    span: literal.span,
    entries: literal.entries.map((entry) => ({
      ...(entry.key === undefined ? {} : { key: entry.key }),
      span: entry.span,
      valueSpan: entry.valueSpan,
    })),
  };
  withDoubt(gathering, isTakenFrom(value), () => readEntries(gathering, value.function, literal.entries, prefix, seen));
  readAdded(gathering, value, prefix, seen);
}

/** Python: `arguments.pop("pool_size")`, `del arguments["pool_size"]`. What is left of the dictionary is not looked into. */
function isTakenFrom(value: ObjectValue): boolean {
  const owner = value.function;
  if (!isPython(owner)) return false;
  const holds = (register: number | undefined): boolean =>
    register !== undefined && (owner.registers[register]?.includes(value) ?? false);
  return owner.facts.blocks.some(({ instructions }) =>
    instructions.some((one) => {
      if (one.op === "call") return taking.has(one.property ?? "") && holds(one.receiver);
      const deleted =
        one.op === "operation" && one.operator === "del" ? definition(owner, one.operands[0]!) : undefined;
      return (deleted?.op === "get" || deleted?.op === "index") && holds(deleted.object);
    }),
  );
}

const taking: ReadonlySet<string> = new Set(["pop", "popitem", "clear"]);

/** Python: `arguments["ssl"] = True` after the dictionary was made. Whether it runs before the pool is opened is not looked into. */
function readAdded(gathering: Gathering, value: ObjectValue, prefix: string, seen: Set<ObjectValue>): void {
  const owner = value.function;
  if (!isPython(owner)) return;
  const holds = (register: number): boolean => owner.registers[register]?.includes(value) ?? false;
  for (const { instructions } of owner.facts.blocks) {
    for (const one of instructions) {
      const isUpdated = one.op === "call" && one.property === "update" && one.receiver !== undefined;
      if ((isUpdated && holds(one.receiver as number)) || (one.op === "setIndex" && holds(one.object)))
        gathering.complete = false;
      if (one.op !== "set" || !holds(one.object)) continue;
      const valueSpan = definition(owner, one.value)?.span ?? one.span;
      const entry = {
        key: one.property,
        value: one.value,
        spread: false,
        span: one.span,
        keySpan: one.span,
        valueSpan,
      };
      withDoubt(gathering, true, () => readEntries(gathering, owner, [entry], prefix, seen));
    }
  }
}

/** `create_engine(url, pool_size=5, **rest)`: the keyword arguments stand for an object literal. */
function readKeywords(gathering: Gathering, each: FunctionNode, call: CallInstruction): void {
  const { path } = each.file;
  const entries = call.arguments.flatMap((argument): ObjectEntry[] => {
    const { keyword, value, span } = argument;
    if (keyword === undefined) return [];
    const isNamed = keyword !== "**";
    const keySpan = isNamed ? { start: span.start, end: span.start + keyword.length } : span;
    const written = definition(each, value)?.span ?? span;
    const valueSpan =
      written.start >= keySpan.end && written.end <= span.end ? { start: written.start, end: span.end } : span;
    return [{ ...(isNamed && { key: keyword }), value, spread: !isNamed, span, keySpan, valueSpan }];
  });
  gathering.sites[""] ??= {
    path,
    span: call.argumentsSpan,
    entries: entries.map(({ key, span, valueSpan }) => ({ ...(key === undefined ? {} : { key }), span, valueSpan })),
  };
  readEntries(gathering, each, entries, "", new Set());
}

function readEntries(
  gathering: Gathering,
  owner: FunctionNode,
  entries: readonly ObjectEntry[],
  prefix: string,
  seen: Set<ObjectValue>,
): void {
  const { path } = owner.file;
  for (const entry of entries) {
    const values = owner.registers[entry.value] ?? [];
    if (entry.key === undefined) {
      const objects = values.filter((one) => one.kind === "object");
      // `...(ssl ? { ssl } : {})` may or may not be there; what is in it counts as said.
      if (!entry.spread || objects.length === 0 || objects.length < values.length) {
        if (
          !(
            entry.spread &&
            values.length > 0 &&
            values.every((one) => one.kind === "object" || one.kind === "constant")
          )
        )
          gathering.complete = false;
      }
      const chosen = definition(owner, entry.value)?.op === "either";
      withDoubt(gathering, chosen || objects.length < values.length || objects.length > 1, () => {
        for (const one of objects) if (one.kind === "object") readObject(gathering, one, prefix, seen);
      });
      continue;
    }
    const full = prefix === "" ? entry.key : `${prefix}.${entry.key}`;
    gathering.entries.push(option(gathering, full, values, owner, path, entry));
    const nested = values.filter(isObject);
    if (nested.length > 0 && full.split(".").length < maximumDepth) readObjects(gathering, nested, full);
  }
}

function option(
  { driver, doubts }: Gathering,
  path: string,
  values: Values,
  owner: FunctionNode,
  file: string,
  entry: { readonly value: number; readonly span: Span; readonly keySpan: Span; readonly valueSpan: Span },
): Option {
  const descriptor = Object.hasOwn(driver.options, path) ? driver.options[path] : undefined;
  const value = knownOption(owner, entry.value, values);
  return {
    path,
    value,
    ...(doubts > 0 ? { conditional: true as const } : {}),
    place: { path: file, span: entry.span },
    keySpan: entry.keySpan,
    valueSpan: entry.valueSpan,
    from: "object",
    ...(descriptor === undefined ? {} : { means: descriptor.means }),
  };
}

function knownOption(owner: FunctionNode, register: number, values: Values): Known {
  if (values.length === 0 && isNumeric(owner, register)) return someNumber;
  // `config.timeout ?? undefined`: what is not known is more than the `undefined` beside it.
  const made = definition(owner, register);
  if (made?.op === "either" && values.every(isAbsent) && made.values.some((each) => !owner.registers[each]?.length))
    return { kind: "unknown" };
  return known(values);
}

/** There, whatever it is. */
const someNumber: Known = { kind: "text", pieces: [undefined] };

const conversions = new Set(["Number", "parseInt", "parseFloat"]);

/** `Number(process.env.TIMEOUT)`, `5 * minute`: not known, but no `undefined` either. */
function isNumeric(owner: FunctionNode, register: number): boolean {
  const made = definition(owner, register);
  if (made?.op === "operation") return /^[-+*/%]$/.test(made.operator);
  if (made?.op !== "call") return false;
  const callee = definition(owner, made.callee);
  return callee?.op === "global" && conversions.has(callee.name);
}
