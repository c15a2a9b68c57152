import type { Driver, Effect, OptionMeaning } from "../core/driver.ts";
import type { CallInstruction } from "../core/facts.ts";
import type { Known, ObjectSite, Option, PoolOptions } from "../core/model.ts";
import type { Span } from "../core/text.ts";
import type { FunctionNode } from "./program.ts";
import { definition, known } from "./text.ts";
import type { ObjectValue, Value, Values } from "./values.ts";

type Opens = Effect & { readonly does: "opens" };

/** Reads the properties of a value: the propagation's own look-up. */
export type PropertyReader = (values: Values, name: string, reader: FunctionNode) => Values;

interface Gathering {
  readonly driver: Driver;
  readonly entries: Option[];
  readonly sites: Record<string, ObjectSite>;
  complete: boolean;
}

/** Options of nested objects are read this deep (`connection.ssl.…`). */
const maximumDepth = 3;

/** Everything that a call that opens a pool says about it. `property` reads fields that were assigned after the literal. */
export function readOptions(
  each: FunctionNode,
  call: CallInstruction,
  effect: Opens,
  driver: Driver,
  property: PropertyReader,
): PoolOptions {
  const gathering: Gathering = { driver, entries: [], sites: {}, complete: true };
  if (effect.options !== undefined) {
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
  if (effect.url !== undefined) positional(gathering, each, call, effect.url, "url");
  for (const [index, means] of Object.entries(effect.positional ?? {}))
    positional(gathering, each, call, Number(index), means);
  const missing = effect.options !== undefined && call.arguments.length === effect.options ? effect.options : undefined;
  return {
    entries: gathering.entries,
    complete: gathering.complete,
    sites: gathering.sites,
    ...(missing === undefined ? {} : { missingArgument: missing }),
  };
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
  if (argument === undefined) return;
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
  for (const value of objects) {
    if (value.kind === "object") readObject(gathering, value, prefix, new Set());
    else gathering.complete = false;
  }
}

function readObject(gathering: Gathering, value: ObjectValue, prefix: string, seen: Set<ObjectValue>): void {
  if (seen.has(value)) return;
  seen.add(value);
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
  for (const entry of literal.entries) {
    const values = value.function.registers[entry.value] ?? [];
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
      for (const one of objects) if (one.kind === "object") readObject(gathering, one, prefix, seen);
      continue;
    }
    const full = prefix === "" ? entry.key : `${prefix}.${entry.key}`;
    gathering.entries.push(option(gathering.driver, full, values, path, entry));
    const nested = values.filter(isObject);
    if (nested.length > 0 && full.split(".").length < maximumDepth) readObjects(gathering, nested, full);
  }
}

function option(
  driver: Driver,
  path: string,
  values: Values,
  file: string,
  entry: { readonly span: Span; readonly keySpan: Span; readonly valueSpan: Span },
): Option {
  const descriptor = Object.hasOwn(driver.options, path) ? driver.options[path] : undefined;
  const value: Known = known(values);
  return {
    path,
    value,
    place: { path: file, span: entry.span },
    keySpan: entry.keySpan,
    valueSpan: entry.valueSpan,
    from: "object",
    ...(descriptor === undefined ? {} : { means: descriptor.means }),
  };
}
