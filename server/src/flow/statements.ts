import type { Effect } from "../core/driver.ts";
import type { CallInstruction } from "../core/facts.ts";
import type { Pool, Statement, Transaction, Tristate } from "../core/model.ts";
import type { Profile } from "../core/profile.ts";
import type { Place } from "../core/text.ts";
import { receiverName, statementLiteral } from "./begin-sites.ts";
import type { DriverCall } from "./calls.ts";
import { receiverHandle } from "./forwarders.ts";
import type { Writable } from "./merge-transactions.ts";
import type { FileNode, FunctionNode } from "./program.ts";
import { roleOf } from "./roles.ts";
import { definition, type Pieces, slotTexts } from "./text.ts";
import type { HandleValue } from "./values.ts";
import type { Visits } from "./visits.ts";

/** What is needed of the rest of the model. */
export interface StatementSurroundings {
  context(file: FileNode): Pool["context"];
  profile(handle: HandleValue | undefined, file: FileNode): Profile;
}

/** A statement before the files are put together: what its session was in is told by the walks of any of them. */
export interface FoundStatement {
  readonly each: FunctionNode;
  readonly handle: HandleValue | undefined;
  readonly statement: Omit<Statement, "inTransaction" | "transaction">;
}

type Runs = Effect & { readonly does: "runs" };

/** The statements that one call of a driver sends, as far as their text is known. */
export function* statementsOf(
  each: FunctionNode,
  call: CallInstruction,
  one: DriverCall,
  around: StatementSurroundings,
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
  around: StatementSurroundings,
): FoundStatement | undefined {
  const [text, other] = effect.sql === undefined ? [] : slotTexts(each, call, effect.sql);
  if (text === undefined || other !== undefined) return undefined;
  const handle = receiverHandle(each, call, one);
  const literal = statementLiteral(each, call, one);
  return {
    each,
    handle,
    statement: described(each, call, one, text, handle, literal, around),
  };
}

function described(
  each: FunctionNode,
  call: CallInstruction,
  one: DriverCall,
  text: Pieces,
  handle: HandleValue | undefined,
  literal: Place | undefined,
  around: StatementSurroundings,
): FoundStatement["statement"] {
  const role = handle === undefined ? undefined : roleOf(handle);
  const name = receiverName(each, call);
  const hook = handle === undefined ? undefined : hookOf(handle);
  return {
    place: { path: each.file.path, span: call.span },
    call,
    function: each.facts.id,
    driver: one.driver,
    text,
    on: role === "session" || role === "transaction" ? role : "pool",
    context: around.context(each.file),
    profile: around.profile(handle, each.file),
    ...(literal === undefined ? {} : { literal }),
    ...(name === undefined ? {} : { handle: name }),
    ...(hook === undefined ? {} : { hook }),
  };
}

/** Where the listener is registered that a new connection was handed to, or the option that holds the hook. */
function hookOf({ site }: HandleValue): Place | undefined {
  const { call, function: owner } = site;
  if (call === undefined || owner === undefined) return undefined;
  for (const one of owner.calls.get(call)?.driver ?? []) {
    for (const effect of one.effects) {
      if (effect.does === "handles event" && (effect.event ?? eventName(owner, call)) === "connect") return site.place;
    }
  }
  return undefined;
}

function eventName(each: FunctionNode, call: CallInstruction): string | undefined {
  const first = call.arguments[0];
  const source = first === undefined ? undefined : definition(each, first.value);
  return source?.op === "literal" && typeof source.value === "string" ? source.value : undefined;
}

/** The statements of all files, with what the walks of all files say of the handles that they are sent through. */
export function settleStatements(
  found: Iterable<FoundStatement>,
  visits: Visits,
  transactions: ReadonlyMap<CallInstruction, Writable<Transaction>>,
): readonly Statement[] {
  return [...found].map(({ each, handle, statement }): Statement => {
    const role = handle === undefined ? undefined : roleOf(handle);
    const begin = beginOf(statement.call, handle, visits);
    const transaction = begin === undefined ? undefined : (transactions.get(begin) as Transaction | undefined);
    return {
      ...statement,
      inTransaction: role === "transaction" ? "yes" : role === "pool" ? "no" : visited(each, statement.call, visits),
      ...(transaction === undefined ? {} : { transaction }),
    };
  });
}

/** What the walks saw of a session at a call: on every path that leads there. */
function visited(each: FunctionNode, call: CallInstruction, visits: Visits): Tristate {
  const visit = visits.get(call);
  if (visit === undefined || visit.unsure || visit.open === visit.closed) return "unknown";
  // A function that is handed the session by others, too, whose sessions nobody followed.
  if (visit.entered && [...each.callers.keys()].some((caller) => !visits.has(caller))) return "unknown";
  return visit.open ? "yes" : "no";
}

/** The call that began the transaction that a statement is in, where it is one alone. */
function beginOf(call: CallInstruction, handle: HandleValue | undefined, visits: Visits): CallInstruction | undefined {
  if (handle !== undefined && roleOf(handle) === "transaction") return handle.site.call;
  const [begin, other] = visits.get(call)?.begins ?? [];
  return other === undefined ? begin : undefined;
}
