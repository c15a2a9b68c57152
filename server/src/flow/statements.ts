import type { Effect } from "../core/driver.ts";
import type { CallInstruction } from "../core/facts.ts";
import type { Known, Pool, Statement, Transaction, Tristate } from "../core/model.ts";
import type { Place } from "../core/text.ts";
import { receiverName, statementLiteral } from "./begin-sites.ts";
import type { DriverCall } from "./calls.ts";
import { isNoPoolHere, surelyOnPool } from "./certain.ts";
import { type Forwarder, receiverHandle } from "./forwarders.ts";
import type { Writable } from "./merge-transactions.ts";
import type { FunctionNode } from "./program.ts";
import { roleOf } from "./roles.ts";
import type { SessionSurroundings } from "./session-use.ts";
import { definition, literalPlace, type Pieces, slotRegister, slotTexts, texts } from "./text.ts";
import type { HandleValue } from "./values.ts";
import type { Visit, Visits } from "./visits.ts";
import { writtenIn, writtenPlace } from "./written.ts";

/** A statement before the files are put together: what its session was in is told by the walks of any of them. */
export interface FoundStatement {
  readonly each: FunctionNode;
  readonly handle: HandleValue | undefined;
  /** On a pool for sure, and in no transaction of it that is found by other means. */
  readonly apart: boolean;
  readonly statement: Omit<Statement, "inTransaction" | "transaction">;
}

type Runs = Effect & { readonly does: "runs" };

/** The statements that one call of a driver sends, as far as their text is known. */
export function* statementsOf(
  each: FunctionNode,
  call: CallInstruction,
  one: DriverCall,
  around: SessionSurroundings,
): Generator<FoundStatement> {
  for (const effect of one.effects) {
    if (effect.does !== "runs" || effect.sql === undefined) continue;
    const found = statementOf(each, call, one, effect, around);
    if (found !== undefined) yield found;
  }
}

function statementOf(
  each: FunctionNode,
  call: CallInstruction,
  one: DriverCall,
  effect: Runs,
  around: SessionSurroundings,
): FoundStatement | undefined {
  const [text, other] = effect.sql === undefined ? [] : slotTexts(each, call, effect.sql);
  if (text === undefined || other !== undefined) return undefined;
  // Every caller of a wrapper sends a text of its own.
  if (sendsParameter(each, call, effect)) return undefined;
  const handle = receiverHandle(each, call, one);
  // What the statement goes through is told by the other handle.
  if (handle !== undefined && roleOf(handle) === "pool" && isNoPoolHere(each, call, handle)) return undefined;
  if (handle !== undefined && isOnlyDeclared(each, call, handle, around)) return undefined;
  return {
    each,
    handle,
    apart: surelyOnPool(each, call, one, effect),
    statement: described(
      each,
      call,
      one,
      text,
      handle,
      {
        literal: statementLiteral(each, call, one),
        written: effect.sql === undefined ? undefined : writtenPlace(each, call, effect.sql),
      },
      around,
    ),
  };
}

/** A type says nothing of the pool; what somebody hands over in its place does. */
function isOnlyDeclared(
  each: FunctionNode,
  call: CallInstruction,
  handle: HandleValue,
  around: SessionSurroundings,
): boolean {
  if (handle.site.kind !== "declared" || around.pool(handle) !== undefined) return false;
  return (each.registers[call.receiver ?? call.callee] ?? []).some(
    (other) => other.kind === "handle" && roleOf(other) === roleOf(handle) && around.pool(other) !== undefined,
  );
}

function described(
  each: FunctionNode,
  call: CallInstruction,
  one: DriverCall,
  text: Pieces,
  handle: HandleValue | undefined,
  { literal, written }: { readonly literal: Place | undefined; readonly written: Place | undefined },
  around: SessionSurroundings,
): FoundStatement["statement"] {
  const role = handle === undefined ? undefined : roleOf(handle);
  const name = receiverName(each, call);
  const hook = handlesOf(each, call, handle)
    .map(hookOf)
    .find((place) => place !== undefined);
  return {
    place: { path: each.file.path, span: call.span },
    call,
    function: each.facts.id,
    driver: one.driver,
    text,
    on: role === "session" || role === "transaction" ? role : isOfOne(around.pool(handle)) ? "session" : "pool",
    context: around.context(each.file),
    profile: around.profile(handle, each.file),
    ...(literal === undefined ? {} : { literal }),
    ...(written === undefined ? {} : { written }),
    ...(name === undefined ? {} : { handle: name }),
    ...(hook === undefined ? {} : { hook }),
  };
}

/** A pool for one piece of work that may have no second connection: what is sent through it runs where the last statement did. */
export function isOfOne(pool: Pool | undefined): boolean {
  if (pool === undefined) return false;
  const most = pool.options.entries.findLast(({ means }) => means === "max");
  if (most === undefined) return isOfOne(pool.inner);
  // One that others use as well has their statements between.
  return pool.function !== 0 && pool.ended === "yes" && mayBeOne(most.value);
}

const mayBeOne = (value: Known): boolean =>
  value.kind === "either" ? value.of.some(mayBeOne) : value.kind === "constant" && Number(value.value) === 1;

/** The statement that a call sends through a function of the project that hands its text on. */
export function forwardedStatement(
  each: FunctionNode,
  call: CallInstruction,
  { parameter, one, handle }: Forwarder,
  around: SessionSurroundings,
): FoundStatement | undefined {
  const argument = call.arguments[parameter];
  if (argument === undefined || isParameter(each, argument.value)) return undefined;
  const [text, other] = texts(each.registers[argument.value] ?? []);
  if (text === undefined || other !== undefined) return undefined;
  const source = { literal: literalPlace(each, argument.value), written: writtenIn(each, argument.value) };
  const statement = described(each, call, one, text, handle, source, around);
  return { each, handle, apart: false, statement: { ...statement, forwarded: true } };
}

/** Whether the text is a parameter of a function that somebody calls. */
function sendsParameter(each: FunctionNode, call: CallInstruction, { sql }: Runs): boolean {
  const register = sql === undefined ? undefined : slotRegister(call, sql);
  return register !== undefined && isParameter(each, register);
}

function isParameter(each: FunctionNode, register: number): boolean {
  const source = definition(each, register);
  if (source?.op !== "load" || each.callers.size === 0) return false;
  return each.facts.parameters.some(({ variable }) => variable === source.variable);
}

/** The handle, and whatever else its variable may hold: a declared type hides what is handed over. */
function handlesOf(each: FunctionNode, call: CallInstruction, handle: HandleValue | undefined): readonly HandleValue[] {
  const others = each.registers[call.receiver ?? call.callee] ?? [];
  return [...(handle === undefined ? [] : [handle]), ...others.filter((value) => value.kind === "handle")];
}

/** Where the listener is registered that a new connection is handed to, or the function in the pool's options. */
function hookOf({ site }: HandleValue): Place | undefined {
  const { call, function: owner, kind } = site;
  if (kind === "hook") return site.place;
  if (call === undefined || owner === undefined) return undefined;
  const registers = (one: DriverCall): boolean =>
    one.effects.some(
      (effect) => effect.does === "handles event" && (effect.event ?? eventName(owner, call)) === "connect",
    );
  return owner.calls.get(call)?.driver.some(registers) ? site.place : undefined;
}

function eventName(each: FunctionNode, call: CallInstruction): string | undefined {
  const first = call.arguments[0];
  const source = first === undefined ? undefined : definition(each, first.value);
  return source?.op === "literal" && typeof source.value === "string" ? source.value : undefined;
}

/**
 * The statements of a story, with what its walks say of the handles that they are sent through, and whether the walks of any met a call.
 * `ambient`: the libraries whose transactions statements find by themselves.
 */
export function settleStatements(
  found: Iterable<FoundStatement>,
  visits: Visits,
  transactions: ReadonlyMap<CallInstruction, Writable<Transaction>>,
  ambient: ReadonlySet<string>,
  isVisited: (call: CallInstruction) => boolean,
): readonly Statement[] {
  return [...found].map((one): Statement => {
    const { each, handle, apart, statement } = one;
    const role = handle === undefined ? undefined : roleOf(handle);
    const onPool = apart && !ambient.has(statement.driver.name) ? "no" : "unknown";
    const begin = beginOf(statement.call, handle, visits);
    const transaction = begin === undefined ? undefined : (transactions.get(begin) as Transaction | undefined);
    const inTransaction =
      role === "transaction" ? "yes" : role === "pool" ? onPool : visited(each, visits.get(statement.call), isVisited);
    const known = settled.get(one);
    if (known?.inTransaction === inTransaction && known.transaction === transaction) return known;
    // What is new comes first: objects that begin with a copy share no shape, and each reader of them is slow.
    const made: Statement =
      transaction === undefined ? { inTransaction, ...statement } : { inTransaction, transaction, ...statement };
    settled.set(one, made);
    return made;
  });
}

/** As long as nothing about a statement changes it is the same one: what its text does is read once. */
const settled = new WeakMap<FoundStatement, Statement>();

/** What the walks saw of a session at a call: on every path that leads there. */
function visited(
  each: FunctionNode,
  visit: Visit | undefined,
  isVisited: (call: CallInstruction) => boolean,
): Tristate {
  if (visit === undefined || visit.unsure || visit.open === visit.closed) return "unknown";
  // A function that is handed the session by others, too, whose sessions nobody followed.
  if (visit.entered && [...each.callers.keys()].some((caller) => !isVisited(caller))) return "unknown";
  return visit.open ? "yes" : "no";
}

/** The call that began the transaction that a statement is in, where it is one alone. */
function beginOf(call: CallInstruction, handle: HandleValue | undefined, visits: Visits): CallInstruction | undefined {
  if (handle !== undefined && roleOf(handle) === "transaction") return handle.site.call;
  const [begin, other] = visits.get(call)?.begins ?? [];
  return other === undefined ? begin : undefined;
}
