import type { CallInstruction } from "../core/facts.ts";
import type { Transaction } from "../core/model.ts";
import { receiverName } from "./begin-sites.ts";
import { blockHeld, enterOf } from "./blocks-held.ts";
import { functionsIn, isCallback, parameterOf, registerAt } from "./callbacks.ts";
import { unresolved } from "./calls.ts";
import type { Callback } from "./external.ts";
import type { FollowSurroundings } from "./follower.ts";
import { endsAny, givenBack } from "./given-back.ts";
import type { KeptCalls } from "./kept-calls.ts";
import { entering, isContextManager } from "./managers.ts";
import type { FileTransactions, Writable } from "./merge-transactions.ts";
import type { Explored } from "./open-region.ts";
import { type Opened, returnsOthers } from "./opened.ts";
import { placeKey } from "./places.ts";
import { callersOf, type FunctionNode, inOrder, sortedCalls } from "./program.ts";
import { findAtCaller } from "./receiver.ts";
import type { Part } from "./regions.ts";

/**
 * What the project's own helpers do, told of their callers. Each call of a function that calls back between BEGIN and COMMIT is a transaction,
 * with the code that it hands over inside; each call of a function that hands out a session or an open transaction is followed from there
 * on. A helper that hands its own parameter on, or returns what another one opened, is a helper too.
 */
export function followCallers(
  helpers: Iterable<FileTransactions>,
  around: FollowSurroundings,
  kept: KeptCalls,
): readonly FileTransactions[] {
  const found = new Set<FileTransactions>();
  const done = new Set<string>();
  const line = [...helpers];
  const tell = (made: FileTransactions | undefined): void => {
    if (made === undefined || found.has(made)) return;
    found.add(made);
    if (concernsCallers(made)) line.push(made);
  };
  const tellBlock = (region: Explored, made: CallInstruction, enter: CallInstruction, caller: FunctionNode): void =>
    tell(kept.of("block", region, made, caller, () => inBlock(region, caller, made, enter, around)));
  const tellAround = (region: Explored, makers: Calls, manages: boolean): void => {
    for (const [call, caller, inside] of decorating(region, makers, manages, done))
      tell(kept.of("decorator", region, call, caller, () => aroundFunctions(region, call, caller, inside, around)));
  };
  for (const { regions, opened } of line) {
    for (const region of regions) {
      if (region.lenders.size > 0) {
        for (const lender of inOrder([...region.lenders])) tellAround(region, callersOf(lender), isAsync(lender));
        for (const [made, enter, caller] of borrowing(region, done)) tellBlock(region, made, enter, caller);
      }
      if (region.callbacks.length === 0) continue;
      for (const [callback, call, caller] of handingOver(region, done))
        tell(kept.of("callback", callback, call, caller, () => atCaller(region, callback, caller, call, around)));
    }
    for (const one of opened) {
      const entered = regions.find(({ transaction }) => transaction === one.begun);
      if (entered !== undefined && isEntering(one.function) && opened.every((other) => isSame(one, other))) {
        for (const [enter, caller] of entries(one.function, done)) tellBlock(entered, enter, enter, caller);
        tellAround(entered, constructionsOf(one.function), isAsync(one.function));
      }
      const sure = one.sure && opened.every((other) => isSame(one, other)) && !returnsOthers(one.function, opened);
      for (const [call, caller] of receiving(one, done))
        tell(
          kept.of("opened", one, call, caller, () => ({
            ...nothing,
            ...findAtCaller({ ...one, sure }, caller, call, around),
          })),
        );
    }
  }
  return [...found];
}

/** Whether callers are told anything of what was found: nearly always it is nobody else's business. */
export const concernsCallers = ({ regions, opened }: FileTransactions): boolean =>
  opened.length > 0 || regions.some(({ lenders, callbacks }) => lenders.size > 0 || callbacks.length > 0);

/** The calls that hand code over to a helper's transaction. */
function* handingOver(
  { callbacks, transaction, root }: Explored,
  done: Set<string>,
): Generator<[Callback, CallInstruction, FunctionNode]> {
  // BEGIN on a pool holds no connection: that is the fault to tell.
  if (transaction.on === "pool") return;
  for (const callback of callbacks) {
    const { parameter } = callback;
    for (const [call, caller] of callersOf(parameter.owner)) {
      if (!enters(caller, call, parameter.owner)) continue;
      const known = root === undefined ? "unrooted" : "";
      const key = `${caller.index} ${call.dst} ${parameter.index} ${parameter.property ?? ""} ${known}`;
      if (done.has(key)) continue;
      done.add(key);
      yield [callback, call, caller];
    }
  }
}

/** The calls that receive what a function hands out, where they can receive nothing else. */
function* receiving(
  { function: opener, as, begun }: Opened,
  done: Set<string>,
): Generator<[CallInstruction, FunctionNode]> {
  for (const [call, caller] of callersOf(opener)) {
    if (!enters(caller, call, opener) || isCallback(caller, call)) continue;
    if ((caller.calls.get(call) ?? unresolved).targets.length > 1) continue;
    const key = `${caller.index} ${call.dst} ${as} ${begun === undefined ? "held" : "open"}`;
    if (done.has(key)) continue;
    done.add(key);
    yield [call, caller];
  }
}

/** A function that hands out the same thing in two states leaves its caller to find out which. */
const isSame = (one: Opened, other: Opened): boolean =>
  one.function !== other.function || (one.begun === undefined) === (other.begun === undefined);

/** A call of the function itself, not one by a library or by a collection that was given the function. */
function enters(caller: FunctionNode, call: CallInstruction, target: FunctionNode): boolean {
  const { targets, builtin } = caller.calls.get(call) ?? unresolved;
  return !builtin && targets.includes(target);
}

/** The `with` blocks of a context manager's callers, and of those of functions that only hand it on: what makes it, and what enters it. */
function* borrowing(
  { lenders, transaction }: Explored,
  done: Set<string>,
): Generator<[CallInstruction, CallInstruction, FunctionNode]> {
  const line = [...inOrder([...lenders])];
  for (const lender of line) {
    for (const [call, caller] of callersOf(lender)) {
      if (!enters(caller, call, lender)) continue;
      if (call.use === "returned" && !caller.facts.async && line.length < 20 && !line.includes(caller))
        line.push(caller);
      const enter = enterOf(caller, call);
      // A manager that begins in one of two places is in both for its caller.
      const key = `${caller.index} ${call.dst} with ${lender.index} ${placeKey(transaction.place)}`;
      if (enter === undefined || done.has(key)) continue;
      done.add(key);
      yield [call, enter, caller];
    }
  }
}

const isEntering = ({ facts }: FunctionNode): boolean => facts.name !== undefined && entering.has(facts.name);

/** The `with` statements that enter a class's `__enter__`, where they can enter nothing else. */
function* entries(method: FunctionNode, done: Set<string>): Generator<[CallInstruction, FunctionNode]> {
  for (const [call, caller] of callersOf(method)) {
    if (call.property !== method.facts.name || (caller.calls.get(call) ?? unresolved).targets.length > 1) continue;
    const key = `${caller.index} ${call.dst} with`;
    if (done.has(key)) continue;
    done.add(key);
    yield [call, caller];
  }
}

type Calls = readonly (readonly [CallInstruction, FunctionNode])[];

const isAsync = ({ facts }: FunctionNode): boolean => facts.async;

/** The calls that make an object of the class that a method belongs to, where the object itself cannot be called otherwise. */
function constructionsOf({ facts, file }: FunctionNode): Calls {
  const node = facts.class === undefined ? undefined : file.classes[facts.class];
  const isCalled = node?.facts.members.some(({ name }) => name === "__call__") ?? true;
  return node === undefined || isCalled ? [] : sortedCalls(node.constructions);
}

/**
 * `@transaction()` above a function: what a context manager makes, as decorator. Each call of the function runs inside, unless it only makes
 * a generator or a coroutine there.
 */
function* decorating(
  region: Explored,
  makers: Calls,
  manages: boolean,
  done: Set<string>,
): Generator<[CallInstruction, FunctionNode, readonly FunctionNode[]]> {
  for (const [call, caller] of makers) {
    if (call.style !== "decorator") continue;
    for (const one of caller.calls.keys()) {
      const [given] = one.arguments;
      if (one.style !== "decorator" || one.callee !== call.dst || given === undefined) continue;
      const inside = functionsIn(caller.registers[given.value] ?? []).filter(
        ({ facts }) => !facts.generator && facts.async === manages,
      );
      const key = `${caller.index} ${call.dst} around ${placeKey(region.transaction.place)}`;
      if (inside.length === 0 || done.has(key)) continue;
      done.add(key);
      yield [call, caller, inside];
    }
  }
}

/** The transaction around each call of functions that were decorated with it. */
function aroundFunctions(
  region: Explored,
  call: CallInstruction,
  caller: FunctionNode,
  inside: readonly FunctionNode[],
  around: FollowSurroundings,
): FileTransactions {
  const entries = inside.map((each): Part => ({ each, via: [] }));
  return insideOf(region, caller, call, entries, around);
}

/** The transaction that a `with` block of a project's own context manager is. */
function inBlock(
  region: Explored,
  caller: FunctionNode,
  call: CallInstruction,
  enter: CallInstruction,
  around: FollowSurroundings,
): FileTransactions {
  const { calls, yields } = blockHeld(caller, enter, (one) => endsAny(caller, one, region.sites));
  const lenders = yields && isContextManager(caller.facts) ? [caller] : [];
  return insideOf(region, caller, call, [{ each: caller, calls, via: [] }], around, lenders);
}

/** The transaction that a call of a helper is. */
function atCaller(
  region: Explored,
  { parameter }: Callback,
  caller: FunctionNode,
  call: CallInstruction,
  around: FollowSurroundings,
): FileTransactions | undefined {
  const register = registerAt(caller, call, parameter);
  if (register === undefined) return undefined;
  const outer = parameterOf(caller, register);
  const entries: readonly Part[] =
    outer !== undefined ? [] : functionsIn(caller.registers[register] ?? []).map((each) => ({ each, via: [] }));
  if (outer === undefined && entries.length === 0) return undefined;
  const made = insideOf(region, caller, call, entries, around);
  return outer === undefined ? made : handingOn(made, { parameter: outer, part: { each: caller, via: [] }, call });
}

/** The same transaction, whose code is what the caller's own parameter is given. */
const handingOn = (made: FileTransactions, callback: Explored["callbacks"][number]): FileTransactions => ({
  ...made,
  regions: made.regions.map((region) => ({ ...region, callbacks: [callback] })),
});

/** A transaction at a call of a helper, with the caller's code that runs inside. */
function insideOf(
  region: Explored,
  caller: FunctionNode,
  call: CallInstruction,
  entries: readonly Part[],
  around: FollowSurroundings,
  lenders: readonly FunctionNode[] = [],
): FileTransactions {
  const { waits, callbacks } = around.waits.scan({ entries });
  const transaction = record(region.transaction, caller, call, around);
  transaction.waits.push(...waits);
  transaction.releases.push(...givenBack(entries, region.sites));
  const { sites, root, ambient } = region;
  const made: Explored = {
    transaction,
    sites,
    ...(root === undefined ? {} : { root }),
    ...(ambient === undefined ? {} : { ambient }),
    entries,
    callbacks,
    lenders: new Set(lenders),
  };
  return { ...nothing, transactions: new Map([[call, transaction]]), regions: [made] };
}

const nothing: FileTransactions = {
  transactions: new Map(),
  regions: [],
  opened: [],
  checkouts: [],
  statements: [],
  visits: new Map(),
  ambient: new Set(),
  listens: [],
  implicitTransactions: [],
};

function record(
  inner: Transaction,
  caller: FunctionNode,
  call: CallInstruction,
  around: FollowSurroundings,
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
    helper: inner,
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
