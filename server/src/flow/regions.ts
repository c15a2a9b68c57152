import type { CallInstruction } from "../core/facts.ts";
import type { Step, Transaction } from "../core/model.ts";
import { carriers } from "../drivers/external.ts";
import { isInside } from "./aliases.ts";
import { nameOf } from "./call-name.ts";
import { functionsIn, isCallback, type ParameterRef, parameterOf, registerAt } from "./callbacks.ts";
import { type Resolved, unresolved } from "./calls.ts";
import type { Writable } from "./merge-transactions.ts";
import { type FunctionNode, inOrder, isStub } from "./program.ts";
import type { ClassNode, HandleValue, Site } from "./values.ts";
import { isWaitedFor } from "./waited-for.ts";

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
  /** Functions that were followed path by path: what of them runs inside is in `entries`. */
  readonly walked?: ReadonlySet<FunctionNode>;
}

/** A function, or some of it, that runs inside a transaction. */
export interface Part {
  readonly each: FunctionNode;
  /** Its calls that run inside; undefined where all do. */
  readonly calls?: ReadonlySet<CallInstruction>;
  /** The calls that led here, the first one in the function of the transaction itself; none in that function or its callback. */
  readonly via: readonly Link[];
}

/** The calls of a part that are followed. */
export type Leads = (part: Part) => Iterable<CallInstruction>;

/** How far calls are followed. */
const maximumDepth = 6;

/**
 * All the code inside a transaction: where it begins, and every function of the workspace that its calls lead to and that somebody waits
 * for. A callback that a helper is given counts where this way gives it one. Each function comes by the shortest way.
 */
export function* partsOf(region: Pick<Region, "entries" | "walked">, leads: Leads = callsOf): Generator<Part> {
  const seen = new Set<FunctionNode | string>(region.walked);
  const line: Part[] = [...region.entries];
  for (const part of line) if (part.calls === undefined) seen.add(part.each);
  for (const part of line) {
    yield part;
    if (part.via.length >= maximumDepth) continue;
    for (const call of leads(part)) {
      if (!isWaitedFor(part.each, call)) continue;
      for (const target of targetsOf(part, call)) {
        // What it does with a callback depends on who calls.
        const key = handsFunction(part.each, call) ? `${target.index} ${part.each.index} ${call.dst}` : target;
        if (seen.has(key) || seen.has(target)) continue;
        seen.add(key);
        line.push({ each: target, via: [...part.via, { each: part.each, call }] });
      }
    }
  }
}

/** The calls of a part, in the order of the text. */
function* callsOf({ each, calls }: Part): Generator<CallInstruction> {
  for (const call of each.calls.keys()) if (calls === undefined || calls.has(call)) yield call;
}

/** The functions that a call of a part enters: for a callback parameter, those that the way to the part hands over. */
function targetsOf(part: Part, call: CallInstruction): readonly FunctionNode[] {
  const handed = handedOver(part, call);
  if (handed === undefined) {
    const resolved = part.each.calls.get(call) ?? unresolved;
    if (carriesCallback(resolved))
      return call.arguments.flatMap(({ value }) => functionsIn(part.each.registers[value] ?? []));
    return inOrder(certain(resolved.targets));
  }
  return handed.kind === "functions" ? handed.functions : [];
}

/**
 * The functions of a call that it may be said to enter: where `one.run()` may be what the class has itself, and does something, it is not what one
 * heir has instead.
 */
function certain(targets: readonly FunctionNode[]): readonly FunctionNode[] {
  if (targets.length < 2) return targets;
  const owners = new Set(targets.flatMap((target) => (isStub(target) ? [] : (ownerOf(target) ?? []))));
  return targets.filter((target) => {
    const owner = ownerOf(target);
    return owner === undefined || ![...owners].some(({ subclasses }) => subclasses.has(owner));
  });
}

const ownerOf = ({ file, facts }: FunctionNode): ClassNode | undefined =>
  facts.kind === "method" && facts.class !== undefined ? file.classes[facts.class] : undefined;

const calling = carriers.filter((carrier) => carrier.carries === "callback");

/** `pRetry(() => …)` of a package calls what it is given, and waits for it. */
export const carriesCallback = ({ external }: Resolved): boolean =>
  external.some(
    (one) =>
      one.kind === "external" &&
      calling.some(({ modules, names }) => {
        const last = one.path.at(-1) ?? "default";
        return modules.includes(one.module) && names.includes(last === "()" ? "default" : last);
      }),
  );

/** What a call of a callback parameter enters on the way to a part; undefined where the call is none. */
export type Handed =
  | { readonly kind: "functions"; readonly functions: readonly FunctionNode[] }
  /** Whoever calls the function in which the way begins hands it over. */
  | { readonly kind: "parameter"; readonly parameter: ParameterRef };

export function handedOver({ each, via }: Part, call: CallInstruction): Handed | undefined {
  if (!isCallback(each, call)) return undefined;
  const first = parameterOf(each, calleeOf(each, call));
  if (first === undefined) return undefined;
  let parameter = first;
  for (let index = via.length - 1; index >= 0; index--) {
    const { each: caller, call: one } = via[index] as Link;
    if (!(caller.calls.get(one) ?? unresolved).targets.includes(parameter.owner)) continue;
    const register = registerAt(caller, one, parameter);
    if (register === undefined) return { kind: "functions", functions: [] };
    const outer = parameterOf(caller, register);
    if (outer === undefined) {
      return { kind: "functions", functions: functionsIn(caller.registers[register] ?? []) };
    }
    parameter = outer;
  }
  // A closure that captured it long before: who made that closure is not who calls here.
  const begins = via[0]?.each ?? each;
  if (begins !== parameter.owner && !isInside(begins, parameter.owner)) return { kind: "functions", functions: [] };
  return { kind: "parameter", parameter };
}

/** `work.call(this, client)` calls `work`. */
const calleeOf = (each: FunctionNode, call: CallInstruction): number =>
  call.receiver !== undefined && (call.property === "call" || call.property === "apply") && isBuiltin(each, call)
    ? call.receiver
    : call.callee;

const isBuiltin = (each: FunctionNode, call: CallInstruction): boolean => each.calls.get(call)?.builtin === true;

const handsFunction = (each: FunctionNode, call: CallInstruction): boolean =>
  call.arguments.some((argument) =>
    (each.registers[argument.value] ?? []).some((value) => value.kind === "closure" || value.kind === "object"),
  );

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
