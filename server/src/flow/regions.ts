import type { CallInstruction } from "../core/facts.ts";
import type { Step, Transaction } from "../core/model.ts";
import { nameOf } from "./call-name.ts";
import { handedTo, parameterOf } from "./callbacks.ts";
import { unresolved } from "./calls.ts";
import type { Writable } from "./merge-transactions.ts";
import type { FunctionNode } from "./program.ts";
import type { HandleValue, Site } from "./values.ts";

/** A call on the way from a transaction to code that it leads to. */
export interface Link {
  readonly each: FunctionNode;
  readonly call: CallInstruction;
}

/** One transaction of the model, and the code that surely runs while it is open. */
export interface Region {
  readonly transaction: Writable<Transaction>;
  /**
   * What is inside the transaction: the handle that the library hands out, or the session on which BEGIN was sent. Empty where the code inside
   * finds it by itself, or where it is not in sight.
   */
  readonly sites: ReadonlySet<Site>;
  /** The handle that the transaction was begun from: a pool, or a session of one. */
  readonly root?: HandleValue;
  /** How statements inside find the transaction without its handle. */
  readonly ambient?: "same handle" | "async local storage";
  /** Where the code inside begins: the callback, or the function that sends BEGIN. `partsOf` follows it through calls. */
  readonly entries: readonly Part[];
}

/** A function, or some of it, that runs inside a transaction. */
export interface Part {
  readonly each: FunctionNode;
  /** Its calls that run inside; undefined where all do. */
  readonly calls?: ReadonlySet<CallInstruction>;
  /** The calls that led here, the first one in the function of the transaction itself; none in that function or its callback. */
  readonly via: readonly Link[];
}

/** How far calls are followed. */
const maximumDepth = 6;

/**
 * All the code inside a transaction: where it begins, and every function of the workspace that its calls lead to and that somebody waits
 * for. A callback that a helper is given counts where this way gives it one. Each function comes once, by the shortest way.
 */
export function* partsOf(region: Region): Generator<Part> {
  const seen = new Set<FunctionNode>();
  const line: Part[] = [...region.entries];
  for (const part of line) {
    if (part.calls === undefined) {
      if (seen.has(part.each)) continue;
      seen.add(part.each);
    }
    yield part;
    if (part.via.length >= maximumDepth) continue;
    for (const call of callsOf(part)) {
      // Nobody waits for it: it may run on when the transaction is over.
      if (call.use === "dropped") continue;
      for (const target of targetsOf(part, call)) {
        if (!seen.has(target)) line.push({ each: target, via: [...part.via, { each: part.each, call }] });
      }
    }
  }
}

/** The calls of a part, in the order of the text. */
export function* callsOf({ each, calls }: Part): Generator<CallInstruction> {
  for (const call of each.calls.keys()) if (calls === undefined || calls.has(call)) yield call;
}

/** The functions that a call of a part enters: for a callback parameter, those that the way to the part hands over. */
export function targetsOf({ each, via }: Part, call: CallInstruction): readonly FunctionNode[] {
  const { targets, builtin } = each.calls.get(call) ?? unresolved;
  const parameter = builtin ? undefined : parameterOf(each, call.callee);
  if (parameter === undefined) return targets;
  const last = via.findLast(({ each: caller, call: one }) =>
    (caller.calls.get(one) ?? unresolved).targets.includes(parameter.owner),
  );
  return last === undefined ? targets : handedTo(last.each, last.call, parameter);
}

/** Whether a handle is inside a region: its own, a view of it, or a savepoint in it. */
export function isInRegion({ sites }: Region, handle: HandleValue): boolean {
  for (let at: HandleValue | undefined = handle, depth = 0; at !== undefined && depth < 8; at = at.site.parent, depth++)
    if (sites.has(at.site)) return true;
  return false;
}

/** The way to a part in words, for related information. */
export const stepsTo = (via: readonly Link[]): readonly Step[] =>
  via.map(({ each, call }) => ({
    place: { path: each.file.path, span: call.span },
    words: `calls ${nameOf(each, call)}`,
  }));
