import type { CallInstruction } from "../core/facts.ts";
import type { Transaction } from "../core/model.ts";
import { receiverName } from "./begin-sites.ts";
import { type ParameterRef, parameterOf, registerAt } from "./callbacks.ts";
import { unresolved } from "./calls.ts";
import type { ExternalWaits } from "./external.ts";
import type { Writable } from "./merge-transactions.ts";
import type { Explored } from "./open-region.ts";
import type { FileNode, FunctionNode } from "./program.ts";
import type { Part } from "./regions.ts";

/** What is needed of the rest of the model. */
export interface CallerSurroundings {
  readonly waits: ExternalWaits;
  context(file: FileNode): Transaction["context"];
}

/**
 * The transactions of the project's own helpers: each call of a function that calls back between BEGIN and COMMIT is one, with the code that it
 * hands over inside. A helper that hands its own parameter on is a helper too.
 */
export function followCallers(regions: readonly Explored[], around: CallerSurroundings): readonly Explored[] {
  const found = new Map<CallInstruction, Explored>();
  const line = [...regions];
  const done = new Set<string>();
  for (const region of line) {
    // BEGIN on a pool holds no connection: that is the fault to tell.
    if (region.transaction.on === "pool") continue;
    for (const { parameter } of region.callbacks) {
      for (const [call, caller] of parameter.owner.callers) {
        if (!enters(caller, call, parameter.owner)) continue;
        const key = `${caller.index} ${call.dst} ${parameter.index} ${parameter.property ?? ""}`;
        if (done.has(key)) continue;
        done.add(key);
        const made = atCaller(region, parameter, caller, call, around);
        if (made === undefined) continue;
        const known = found.get(call);
        const one = known === undefined ? made : joinedRegions(known, made);
        found.set(call, one);
        line.push(one);
      }
    }
  }
  return [...found.values()];
}

/** A call of the function itself, not one by a library or by a collection that was given the function. */
function enters(caller: FunctionNode, call: CallInstruction, target: FunctionNode): boolean {
  const { targets, builtin } = caller.calls.get(call) ?? unresolved;
  return !builtin && targets.includes(target);
}

function atCaller(
  region: Explored,
  parameter: ParameterRef,
  caller: FunctionNode,
  call: CallInstruction,
  around: CallerSurroundings,
): Explored | undefined {
  const register = registerAt(caller, call, parameter);
  if (register === undefined) return undefined;
  const outer = parameterOf(caller, register);
  const entries: Part[] =
    outer !== undefined
      ? []
      : (caller.registers[register] ?? []).flatMap((value) =>
          value.kind === "closure" ? [{ each: value.function, via: [] }] : [],
        );
  if (outer === undefined && entries.length === 0) return undefined;
  const { waits, callbacks } = around.waits.scan({ entries });
  const transaction = record(region.transaction, caller, call, around);
  transaction.waits.push(...waits);
  return {
    ...region,
    transaction,
    entries,
    callbacks: outer === undefined ? callbacks : [{ parameter: outer, part: { each: caller, via: [] }, call }],
  };
}

function record(
  inner: Transaction,
  caller: FunctionNode,
  call: CallInstruction,
  around: CallerSurroundings,
): Writable<Transaction> {
  const { driver, on, profile } = inner;
  const handle = receiverName(caller, call);
  return {
    place: { path: caller.file.path, span: call.span },
    call,
    function: caller.facts.id,
    driver,
    form: "callback",
    on,
    ...(handle === undefined ? {} : { handle }),
    helper: inner.helper ?? inner,
    ends: [],
    leaks: [],
    releases: [],
    waits: [],
    outer: [],
    concurrent: [],
    floating: [],
    context: around.context(caller.file),
    profile,
  };
}

/** Puts two regions of one transaction together: a helper that begins in two places is one transaction for its caller. */
export function joinedRegions(known: Explored, made: Explored): Explored {
  return {
    ...known,
    sites: new Set([...known.sites, ...made.sites]),
    entries: [
      ...known.entries,
      ...made.entries.filter((one) => known.entries.every((other) => other.each !== one.each)),
    ],
    callbacks: [...known.callbacks, ...made.callbacks],
  };
}
