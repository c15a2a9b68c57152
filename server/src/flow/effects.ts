import type { Driver, Effect, Member, Slot, TypeName } from "../core/driver.ts";
import type { CallInstruction } from "../core/facts.ts";
import { readSql, type SqlCommand } from "../sql/index.ts";
import type { Aliases } from "./aliases.ts";
import { argumentIndex, type DriverCall, type Resolved } from "./calls.ts";
import type { FunctionNode } from "./program.ts";
import { definition, type Pieces, slotTexts } from "./text.ts";
import type { HandleValue } from "./values.ts";

/** What one call does to one tracked handle, in the order in which it happens. */
export type Deed =
  | { readonly does: "begin" }
  | { readonly does: "end"; readonly how: "commit" | "rollback" }
  /** A statement whose text is not known: it may end the transaction. */
  | { readonly does: "perhaps end" }
  /** A statement. `autobegins`: it opens a transaction where none is open. */
  | { readonly does: "use"; readonly autobegins?: true }
  /** Anything else that needs no connection: a listener, a property. */
  | { readonly does: "touch"; readonly connects?: true }
  | { readonly does: "release"; readonly destroys: number | "always" | undefined }
  | { readonly does: "close" };

/** Whether something goes to the server. */
export const sends = (deed: Deed): boolean => deed.does !== "touch" || deed.connects === true;

/** The register of an argument's property, where the argument is an object literal. */
function propertyRegister(each: FunctionNode, register: number, property: string): number | undefined {
  const instruction = definition(each, register);
  if (instruction?.op !== "object") return undefined;
  return instruction.entries.find((entry) => entry.key === property)?.value;
}

/** Whether the handle in a slot of a call is the tracked one. */
function actsOn(each: FunctionNode, call: CallInstruction, one: DriverCall, slot: Slot, aliases: Aliases): boolean {
  if (slot === "receiver") {
    const register = call.receiver ?? call.callee;
    if (aliases.has(each, register)) return true;
    // `const { query } = client`: the member remembers what it was taken from.
    return call.receiver === undefined && one.receiver?.site === aliases.site && aliases.touches(each);
  }
  if (slot === "result") return aliases.has(each, call.dst);
  if (typeof slot === "string") return false;
  if ("property" in slot) {
    const indexes = typeof slot.argument === "number" ? [slot.argument] : call.arguments.map((_, index) => index);
    return indexes.some((index) => {
      const argument = call.arguments[index];
      if (argument === undefined) return false;
      const register = propertyRegister(each, argument.value, slot.property);
      return register === undefined ? aliases.contains(each, argument.value) : aliases.has(each, register);
    });
  }
  const index = argumentIndex(slot, call);
  const argument = index === undefined ? undefined : call.arguments[index];
  return argument !== undefined && aliases.has(each, argument.value);
}

/** What a call of a driver does to the tracked handle; undefined where it has nothing to do with it. */
export function deedsOf(
  each: FunctionNode,
  call: CallInstruction,
  resolved: Resolved,
  aliases: Aliases,
  texts: (each: FunctionNode, call: CallInstruction, slot: Slot) => readonly Pieces[] = slotTexts,
): readonly Deed[] | undefined {
  const deeds: Deed[] = [];
  let touched = false;
  for (const one of relevant(resolved.driver, aliases)) {
    for (const effect of one.effects) {
      const slot = handleSlot(effect, each, call, one);
      if (slot === undefined || !actsOn(each, call, one, slot, aliases)) continue;
      touched = true;
      deeds.push(...deedsOfEffect(effect, each, call, texts));
    }
    if (!touched && usesHandle(each, call, one, aliases)) touched = true;
  }
  return touched ? (deeds.length > 0 ? deeds : [{ does: "touch" }]) : undefined;
}

/** One variable may hold several handles, by its declared type and by what is put in it: the call is one of theirs, not all. */
function relevant(calls: readonly DriverCall[], aliases: Aliases): readonly DriverCall[] {
  if (calls.length <= 1) return calls;
  const own = calls.filter((one) => one.receiver?.site === aliases.site);
  return own.length > 0 ? own.slice(0, 1) : calls.slice(0, 1);
}

/** The handle that an effect is about. */
function handleSlot(effect: Effect, each: FunctionNode, call: CallInstruction, one: DriverCall): Slot | undefined {
  switch (effect.does) {
    case "runs":
      return effect.on !== undefined && slotFilled(each, call, effect.on) ? effect.on : "receiver";
    case "begins":
      return effect.handle;
    case "commits":
    case "rolls back":
    case "releases":
    case "ends":
    case "connects":
      return effect.handle ?? "receiver";
    case "runs in transaction":
      return effect.on ?? "receiver";
    case "runs in session":
    case "runs batch in transaction":
    case "handles event":
    case "listens":
    case "prepares":
    case "pipelines":
    case "migrates":
      return "receiver";
    case "moves to":
    case "wraps":
      return effect.handle;
    default:
      return one.receiver === undefined ? undefined : "receiver";
  }
}

function slotFilled(each: FunctionNode, call: CallInstruction, slot: Slot): boolean {
  if (typeof slot === "string") return true;
  if ("property" in slot) {
    return call.arguments.some((argument) => propertyRegister(each, argument.value, slot.property) !== undefined);
  }
  const index = argumentIndex(slot, call);
  return index !== undefined && call.arguments[index] !== undefined;
}

function usesHandle(each: FunctionNode, call: CallInstruction, one: DriverCall, aliases: Aliases): boolean {
  if (actsOn(each, call, one, "receiver", aliases)) return true;
  return call.arguments.some((argument) => aliases.has(each, argument.value) || aliases.contains(each, argument.value));
}

function deedsOfEffect(
  effect: Effect,
  each: FunctionNode,
  call: CallInstruction,
  texts: (each: FunctionNode, call: CallInstruction, slot: Slot) => readonly Pieces[],
): readonly Deed[] {
  switch (effect.does) {
    case "runs": {
      const deeds: readonly Deed[] =
        effect.sql === undefined ? [{ does: "use" }] : sqlDeeds(texts(each, call, effect.sql));
      return effect.autobegins === undefined ? deeds : deeds.map(autobeginning);
    }
    case "begins":
      return [{ does: "begin" }];
    case "commits":
      return [{ does: "end", how: "commit" }];
    case "rolls back":
      return [{ does: "end", how: "rollback" }];
    case "releases":
      return [{ does: "release", destroys: effect.resets === true ? "always" : effect.destroys }];
    case "ends":
      return [{ does: "close" }];
    case "connects":
      return [{ does: "touch", connects: true }];
    case "runs in transaction":
      return [{ does: "use" }];
    default:
      return [{ does: "touch" }];
  }
}

/** Where the driver begins by itself nobody ends it by a statement whose text is not in sight: that is a query built by the library. */
const autobeginning = (deed: Deed): Deed =>
  deed.does === "use" || deed.does === "perhaps end" ? { does: "use", autobegins: true } : deed;

/** What the end of a `with` or `using` block does to the tracked handle that it holds. */
export function disposalOf(each: FunctionNode, register: number, aliases: Aliases): "released" | "ended" | "kept" {
  const held = (each.registers[register] ?? []).find(
    (value): value is HandleValue => value.kind === "handle" && value.site === aliases.site,
  );
  const dispose = held === undefined ? undefined : disposeOf(held.driver, held.type);
  if (dispose === undefined) return "released";
  const does = [dispose].flat().flatMap(({ effects }) => (effects ?? []).map((effect) => effect.does));
  if (does.includes("releases") || does.includes("ends")) return "released";
  return does.includes("commits") || does.includes("rolls back") ? "ended" : "kept";
}

function disposeOf(driver: Driver, name: TypeName | undefined): Member | undefined {
  const type = name === undefined ? undefined : driver.types[name];
  return type === undefined ? undefined : (type.dispose ?? disposeOf(driver, type.extends));
}

/** What the possible texts of one statement do. Where they differ, the reading that claims least is taken. */
function sqlDeeds(alternatives: readonly Pieces[]): readonly Deed[] {
  if (alternatives.length === 0) return [{ does: "perhaps end" }];
  const readings = alternatives.map((pieces) => {
    if (pieces[0] === undefined) return [{ does: "perhaps end" } as const];
    return readSql(pieces).flatMap(commandDeed);
  });
  if (readings.length === 1) return withUse(readings[0] as readonly Deed[]);
  const first = readings[0] as readonly Deed[];
  if (readings.every((reading) => JSON.stringify(reading) === JSON.stringify(first))) return withUse(first);
  const ends = readings.every((reading) => reading[0]?.does === "end");
  return ends ? [first[0] as Deed] : [{ does: "perhaps end" }];
}

const withUse = (deeds: readonly Deed[]): readonly Deed[] => (deeds.length === 0 ? [{ does: "use" }] : deeds);

function commandDeed(command: SqlCommand): readonly Deed[] {
  switch (command.does) {
    case "begin":
      return [{ does: "begin" }];
    case "commit":
      return command.chain ? [] : [{ does: "end", how: "commit" }];
    case "rollback":
      return command.chain ? [] : [{ does: "end", how: "rollback" }];
    case "prepare transaction":
      return [{ does: "end", how: "commit" }];
    default:
      return [];
  }
}
