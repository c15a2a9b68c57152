import type { Driver, Effect } from "../core/driver.ts";
import type { CallInstruction, VariableId } from "../core/facts.ts";
import { Aliases, type Holders } from "./aliases.ts";
import { isAmong, isBornInAutocommit } from "./autocommit.ts";
import { locate } from "./begin-sites.ts";
import { type DriverCall, type Resolved, unresolved } from "./calls.ts";
import { entering } from "./managers.ts";
import type { FunctionNode } from "./program.ts";
import { roleOf } from "./roles.ts";
import { definition } from "./text.ts";
import type { HandleValue, Site, Values } from "./values.ts";

/** A session of Python's that a function has from elsewhere, and that begins a transaction with its first statement. */
export interface Had {
  readonly handle: HandleValue;
  readonly aliases: Aliases;
  readonly start: { readonly block: number; readonly after: number };
}

/**
 * The sessions that a function was given, finds in its object, opens without a pool, or is lent by a `with` block.
 * `inAutocommit`: those that somebody put in autocommit.
 */
export function* sessionsHad(each: FunctionNode, inAutocommit: ReadonlySet<Site>): Generator<Had> {
  const seen = new Set<string>();
  for (const [call, { driver, targets }] of each.calls) {
    for (const register of handlesIn(call, driver, targets)) {
      const source = sourceOf(each, register, 0);
      if (source === undefined || seen.has(source.key)) continue;
      seen.add(source.key);
      const sessions = source.values.filter(isSession);
      const [handle] = sessions;
      if (handle === undefined || !begins(handle.driver)) continue;
      if (sessions.some(({ site }) => isBornInAutocommit(site) || isAmong(inAutocommit, site))) continue;
      const start = source.after === undefined ? { block: 0, after: 0 } : locate(each, source.after);
      if (start !== undefined) yield { handle, aliases: new Aliases(handle.site, each, source.holders), start };
    }
  }
}

/** Where a session may stand in a call that sends a statement, or that hands it to a function of the workspace. */
function handlesIn(
  call: CallInstruction,
  driver: readonly DriverCall[],
  targets: Resolved["targets"],
): readonly number[] {
  if (driver.some(({ effects }) => effects.some(autobegins)))
    return [call.receiver ?? call.arguments[0]?.value ?? call.callee];
  return driver.length === 0 && targets.length > 0 ? call.arguments.map(({ value }) => value) : [];
}

const autobegins = (effect: Effect): boolean => effect.does === "runs" && effect.autobegins === true;

const beginning = new WeakMap<Driver, boolean>();

/** Whether sessions of a library begin by themselves. */
function begins(driver: Driver): boolean {
  let known = beginning.get(driver);
  if (known === undefined) {
    const members = Object.values(driver.types).flatMap((type) => [
      ...Object.values(type.members ?? {}),
      ...(type.call === undefined ? [] : [type.call]),
    ]);
    known = members.flat().some(({ effects }) => effects?.some(autobegins) ?? false);
    beginning.set(driver, known);
  }
  return known;
}

const isSession = (value: Values[number]): value is HandleValue =>
  value.kind === "handle" && roleOf(value) === "session";

interface Source {
  readonly key: string;
  readonly values: Values;
  readonly holders: Holders;
  /** The call that makes it; without one it is there from the start. */
  readonly after?: CallInstruction;
}

/** Where the session of a statement comes from, over cursors and queries, variables that are stored once, and awaits. */
function sourceOf(each: FunctionNode, register: number, depth: number): Source | undefined {
  if (depth > 12) return undefined;
  const one = definition(each, register);
  switch (one?.op) {
    case "load":
      return variableSource(each, one.variable, depth);
    case "await":
      return sourceOf(each, one.value, depth + 1);
    case "get": {
      if (definition(each, one.object)?.op !== "this") return sourceOf(each, one.object, depth + 1);
      return { key: `.${one.property}`, values: each.registers[register] ?? [], holders: { receiver: true } };
    }
    case "call":
      return callSource(each, one, depth);
    default:
      return undefined;
  }
}

function variableSource(each: FunctionNode, variable: VariableId, depth: number): Source | undefined {
  const fact = each.file.facts.variables[variable];
  if (fact === undefined || fact.function !== each.facts.id || each.facts.kind === "module") return undefined;
  if (fact.kind === "parameter") {
    const { list } = each.file.variables[variable] ?? { list: [] };
    return { key: `v${variable}`, values: list, holders: { variables: [variable] } };
  }
  const stored = each.facts.blocks.flatMap(({ instructions }) =>
    instructions.flatMap((one) => (one.op === "store" && one.variable === variable ? [one.value] : [])),
  );
  const [only, other] = stored;
  return only === undefined || other !== undefined ? undefined : sourceOf(each, only, depth + 1);
}

function callSource(each: FunctionNode, call: CallInstruction, depth: number): Source | undefined {
  const { driver } = each.calls.get(call) ?? unresolved;
  const values = each.registers[call.dst] ?? [];
  const made = { key: `c${call.dst}`, values, after: call };
  if (driver.some(({ effects }) => effects.some((effect) => effect.does === "opens")))
    return { ...made, holders: { registers: [call.dst] } };
  if (call.receiver === undefined) return undefined;
  const isLent = call.property !== undefined && entering.has(call.property) && isManager(each, call.receiver);
  return isLent
    ? { ...made, holders: { registers: [call.dst], lender: call.receiver } }
    : sourceOf(each, call.receiver, depth + 1);
}

/** Whether a project's own context manager, or a generator, lends what a variable holds: what the function began, that one may end. */
export const isLentTo = (each: FunctionNode, variable: VariableId): boolean =>
  each.facts.blocks.some(({ instructions }) =>
    instructions.some((one) => one.op === "store" && one.variable === variable && isLoan(each, one.value)),
  );

function isLoan(each: FunctionNode, register: number): boolean {
  const one = definition(each, register);
  if (one?.op === "await") return isLoan(each, one.value);
  if (one?.op === "element") return true;
  return (
    one?.op === "call" &&
    one.receiver !== undefined &&
    entering.has(one.property ?? "") &&
    isManager(each, one.receiver)
  );
}

/** What a project's own `@contextmanager` function returns. */
const isManager = (each: FunctionNode, register: number): boolean =>
  each.registers[register]?.some((value) => value.kind === "object") ?? false;
