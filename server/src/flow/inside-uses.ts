import type { Slot } from "../core/driver.ts";
import type { CallInstruction } from "../core/facts.ts";
import { readSql } from "../sql/index.ts";
import { type DriverCall, unresolved } from "./calls.ts";
import type { Frames } from "./inside-frames.ts";
import { type Frame, type Origin, type Origins, relevantOf } from "./inside-origins.ts";
import { handleSlots } from "./inside-slots.ts";
import type { FunctionNode } from "./program.ts";
import { definition, slotTexts } from "./text.ts";
import type { HandleValue, Value } from "./values.ts";

/** What a call of a driver asks of a connection. */
export interface Use {
  readonly does: "statement" | "checkout" | "transaction" | "begin" | "commit" | "rollback";
  /** What it runs on. */
  readonly on: Origins;
  /** The library writes nothing until the result is awaited. */
  readonly lazy: boolean;
  readonly one: DriverCall;
}

/** What a handle is to a transaction. `bound`: the pool that a model's class was given, wherever that is. */
export type Standing = "pool" | "bound" | "session" | "transaction";

export function standingOf(handle: HandleValue, depth = 0): Standing | undefined {
  const { site, descriptor } = handle;
  if (descriptor.role === "sql" || depth > 8) return undefined;
  if (site.kind === "acquires") return "session";
  if (site.kind === "begins" || site.kind === "callback") return "transaction";
  if (descriptor.role === "transaction" || descriptor.role === "session") return descriptor.role;
  if (site.kind === "wraps" && site.parent !== undefined) {
    const inner = standingOf(site.parent, depth + 1);
    return inner === "session" || inner === "transaction" ? inner : "pool";
  }
  if (descriptor.role === "value") return "bound";
  if (descriptor.role === "pool") return "pool";
  switch (site.kind) {
    case "opens":
    case "wraps":
      return "pool";
    case "derived":
      return site.parent === undefined ? "bound" : standingOf(site.parent, depth + 1);
    default:
      return undefined;
  }
}

/** What one call of a driver asks of connections, on one way of calls. */
export function usesOf(frames: Frames, frame: Frame, call: CallInstruction): readonly Use[] {
  const { driver } = frame.each.calls.get(call) ?? unresolved;
  if (driver.length === 0) return [];
  const [one] = relevantOf(driver, frames.receiver(frame, call));
  if (one === undefined) return [];
  const lazy = one.result?.descriptor.role === "query";
  const uses: Use[] = [];
  for (const effect of one.effects) {
    switch (effect.does) {
      case "runs":
        uses.push(...statement(frames, frame, call, one, effect.sql, effect.on, lazy));
        break;
      case "begins":
        uses.push({
          does: effect.handle === "receiver" ? "begin" : "transaction",
          on: receiver(frames, frame, call, one),
          lazy,
          one,
        });
        break;
      case "acquires":
      case "runs in session":
        uses.push({ does: "checkout", on: receiver(frames, frame, call, one), lazy: false, one });
        break;
      case "runs in transaction":
        if (effect.ambient === undefined || one.receiver !== undefined)
          uses.push({
            does: "transaction",
            on: onHandle(frames, frame, call, one, effect.on),
            lazy: false,
            one,
          });
        break;
      case "runs batch in transaction":
        uses.push({ does: "transaction", on: receiver(frames, frame, call, one), lazy: false, one });
        break;
      case "commits":
        uses.push({ does: "commit", on: onHandle(frames, frame, call, one, effect.handle), lazy: false, one });
        break;
      case "rolls back":
        uses.push({ does: "rollback", on: onHandle(frames, frame, call, one, effect.handle), lazy: false, one });
        break;
      default:
        break;
    }
  }
  // A query builder: the await sends it.
  if (uses.length === 0 && lazy && one.result?.descriptor.anyMember !== undefined)
    uses.push({ does: "statement", on: frames.of(frame, call.dst), lazy, one });
  return uses;
}

function statement(
  frames: Frames,
  frame: Frame,
  call: CallInstruction,
  one: DriverCall,
  sql: Slot | undefined,
  on: Slot | undefined,
  lazy: boolean,
): readonly Use[] {
  const handles = onHandle(frames, frame, call, one, on);
  const control = sql === undefined ? undefined : controlOf(frame.each, call, sql);
  return [{ does: control ?? "statement", on: handles, lazy, one }];
}

/** What the text of a statement does to a transaction, where that is all it does. */
function controlOf(each: FunctionNode, call: CallInstruction, sql: Slot): "begin" | "commit" | "rollback" | undefined {
  const [pieces, other] = slotTexts(each, call, sql);
  if (
    pieces === undefined ||
    other !== undefined ||
    !/^\s*(?:begin|start|commit|end|rollback|abort)\b/i.test(pieces[0] ?? "")
  )
    return undefined;
  const [command, more] = readSql(pieces);
  if (command === undefined || more !== undefined) return undefined;
  return command.does === "begin" || command.does === "commit" || command.does === "rollback"
    ? command.does
    : undefined;
}

/** The handle in a slot; where the call has none there, the receiver. */
function onHandle(
  frames: Frames,
  frame: Frame,
  call: CallInstruction,
  one: DriverCall,
  slot: Slot | undefined,
): Origins {
  if (slot === undefined || slot === "receiver") return receiver(frames, frame, call, one);
  const found: Origin[] = [];
  for (const { register, property } of handleSlots(call, slot)) {
    for (const origin of frames.slot(frame, register, property)) {
      if (origin.kind === "unknown") return [origin];
      if (origin.kind === "handle") found.push(origin);
    }
  }
  return found.length > 0 ? found : receiver(frames, frame, call, one);
}

function receiver(frames: Frames, frame: Frame, call: CallInstruction, one: DriverCall): Origins {
  const origins = frames.receiver(frame, call);
  if (origins.some((origin) => origin.kind === "handle")) return origins;
  // A static member of a model, or an instance of one: it runs on whatever the model was bound to.
  return one.receiver === undefined && origins.every((origin) => origin.kind === "thing")
    ? [{ kind: "bound", driver: one.driver }]
    : [{ kind: "unknown" }];
}

/** What becomes of a call's promise, over `then`, `catch` and `finally`. */
export interface Fate {
  readonly use: CallInstruction["use"];
  /** A failure is handled on the way. */
  readonly caught: boolean;
  /** The call goes on as part of a longer expression: another call sends it. */
  readonly continued: boolean;
}

export function fateOf(each: FunctionNode, call: CallInstruction): Fate {
  const { driver } = each.calls.get(call) ?? unresolved;
  if (driver.length > 0 && driver.every(isDoneAtOnce)) return { use: "awaited", caught: false, continued: false };
  let caught = false;
  let at = call;
  for (let depth = 0; at.use === "chained" && depth < 12; depth++) {
    const next = receiverOf(each, at.dst);
    if (next?.property === undefined || !settling.has(next.property)) return { use: "used", caught, continued: true };
    if (next.property === "catch" || next.arguments.length > 1) caught = true;
    at = next;
  }
  return { use: at.use, caught, continued: false };
}

/** A plain call of Python: there is nothing to await, in an `async def` either. */
const isDoneAtOnce = ({ driver, receiver }: DriverCall): boolean =>
  driver.language === "python" && (receiver === undefined || driver.asynchronous?.includes(receiver.type) !== true);

const settling = new Set(["then", "catch", "finally"]);

const chains = new WeakMap<object, ReadonlyMap<number, CallInstruction>>();

/** The call whose receiver a register is. */
function receiverOf(each: FunctionNode, register: number): CallInstruction | undefined {
  let table = chains.get(each.facts);
  if (table === undefined) {
    const made = new Map<number, CallInstruction>();
    for (const block of each.facts.blocks) {
      for (const one of block.instructions) {
        if (one.op === "call" && one.receiver !== undefined) made.set(one.receiver, one);
        // `.then` is read from the promise, and called.
      }
    }
    table = made;
    chains.set(each.facts, table);
  }
  return table.get(register);
}

const combinators = new WeakMap<object, ReadonlyMap<number, CallInstruction>>();

/** The `Promise.all` that waits for a register. */
export function combinatorOf(each: FunctionNode, register: number): CallInstruction | undefined {
  let table = combinators.get(each.calls);
  if (table === undefined) {
    const made = new Map<number, CallInstruction>();
    for (const [call, resolved] of each.calls) {
      const [argument] = call.arguments;
      if (argument === undefined || !isCombinator(resolved.external)) continue;
      made.set(argument.value, call);
      const source = definition(each, argument.value);
      if (source?.op === "array") for (const element of source.elements) made.set(element.value, call);
    }
    table = made;
    combinators.set(each.calls, table);
  }
  return table.get(register);
}

const names = new Set(["Promise.all", "Promise.allSettled", "Promise.race", "Promise.any"]);

const isCombinator = (external: readonly { readonly kind: string; readonly path: readonly string[] }[]): boolean =>
  external.some((one) => one.kind === "global" && names.has(one.path.join(".")));

export const combinatorCalls = (each: FunctionNode): readonly CallInstruction[] =>
  [...each.calls].flatMap(([call, resolved]) => (isCombinator(resolved.external) ? [call] : []));

/** `query.limit(10)`, where the builder has a name: it is sent later, with all that it was told. */
export function changesKept(each: FunctionNode, call: CallInstruction): boolean {
  let at = call.receiver;
  for (let source = at; source !== undefined; ) {
    at = source;
    const made = definition(each, at);
    source = made?.op === "call" ? made.receiver : undefined;
  }
  return at !== undefined && definition(each, at)?.op !== "call" && (each.registers[at] ?? []).some(growsByCalls);
}

const growsByCalls = (value: Value): boolean => {
  const member = value.kind === "handle" && value.descriptor.role === "query" ? value.descriptor.anyMember : undefined;
  return member !== undefined && !("effects" in member);
};
