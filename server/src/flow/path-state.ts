import type { CallInstruction, Instruction, VariableId } from "../core/facts.ts";
import type { Step } from "../core/model.ts";
import type { Span } from "../core/text.ts";
import type { Aliases } from "./aliases.ts";
import { branchKeys, truthOf } from "./conditions.ts";
import type { FunctionNode } from "./program.ts";

/** Where a tracked handle is in its life. A path on which it escapes to unknown code is no longer followed. */
export interface State {
  readonly life: "held" | "released";
  readonly open: boolean;
  /** The call that began the open transaction. */
  readonly begin?: CallInstruction;
  /** The library began it, with the first statement. */
  readonly implied?: true;
  /** The path hangs on what the handle says of itself (`if (!trx.isCompleted())`): nothing on it is claimed. */
  readonly doubt?: true;
  /** A statement whose text is not known was sent: it may have ended the transaction, unless something else does later. */
  readonly perhaps?: true;
  /** Each statement commits by itself: none opens a transaction. */
  readonly autocommit?: true;
  /** It was put in a field of `this`, or in a variable of the code around: whoever has that has the handle. */
  readonly stored?: true;
  /** Nothing was sent on it yet, and it takes its connection with the first statement. */
  readonly idle?: true;
  /** Conditions that this path has decided. */
  readonly truths: ReadonlyMap<string, boolean>;
  /** How the path got here, newest first; not part of the state's identity. */
  readonly trace?: Trace;
}

export interface Trace {
  readonly step: Step;
  readonly before?: Trace;
}

/** The steps of a path, from the first to the last. */
export function stepsOf(trace: Trace | undefined): readonly Step[] {
  const steps: Step[] = [];
  for (let at = trace; at !== undefined; at = at.before) steps.unshift(at.step);
  return steps;
}

/** What is known at a function's entry: variables are the file's own, and a parameter that holds the handle is truthy. */
export function entryTruths(
  each: FunctionNode,
  target: FunctionNode,
  state: State,
  variables: ReadonlySet<VariableId>,
): ReadonlyMap<string, boolean> {
  const truths = new Map(target.file === each.file ? state.truths : []);
  for (const variable of variables) truths.set(`v${variable}`, true);
  return truths;
}

/** The state once the session commits by itself, or no longer does. */
export function inAutocommit(state: State, how: "on" | "off" | undefined): State {
  if (how === undefined || (how === "on") === (state.autocommit === true)) return state;
  const { autocommit: _, ...rest } = state;
  return how === "on" ? { ...rest, autocommit: true } : rest;
}

/** The state once something is sent. */
export function inUse(state: State): State {
  if (state.idle === undefined) return state;
  const { idle: _, ...rest } = state;
  return rest;
}

export const at = (each: FunctionNode, span: Span): Step["place"] => ({ path: each.file.path, span });

export function traced(state: State, step: Step): { trace: Trace } {
  return { trace: { step, ...(state.trace === undefined ? {} : { before: state.trace }) } };
}

export function withStep(state: State, step: Step | undefined): State {
  return step === undefined ? state : { ...state, ...traced(state, step) };
}

export const exitStep = (each: FunctionNode, span: Span): Step => ({
  place: at(each, span),
  words: span.end > span.start ? "returns here" : "the function ends here",
});

export function closed(state: State): State {
  const { begin: _, perhaps: __, implied: ___, ...rest } = state;
  return { ...rest, open: false };
}

/** After the block that held the handle, or a transaction on it. */
export function disposed(state: State, how: "released" | "ended" | "kept"): State {
  switch (how) {
    case "released":
      return { ...closed(state), life: "released" };
    case "ended":
      return closed(state);
    case "kept":
      return state;
  }
}

export function keyOf(state: State): string {
  const truths = [...state.truths].map(([key, truth]) => `${key}${truth ? "+" : "-"}`).sort();
  return `${state.life}${state.open}${state.doubt ?? ""}${state.perhaps ?? ""}${state.stored === true ? "kept" : ""}${state.autocommit === true ? "auto" : ""}${state.idle === true ? "idle" : ""}${state.begin?.span.start ?? ""}.${state.begin?.dst ?? ""}${truths.join(",")}`;
}

export function remember(states: Map<string, State>, state: State): void {
  const key = keyOf({ ...state, truths: new Map() });
  if (!states.has(key)) states.set(key, state);
}

export function distinct(states: readonly State[]): readonly State[] {
  const found = new Map<string, State>();
  for (const state of states) if (!found.has(keyOf(state))) found.set(keyOf(state), state);
  return [...found.values()];
}

/** The state with what it says of `this` as it was before a call. */
export function withoutStored(state: State, before: State): State {
  if (state.stored === before.stored) return state;
  const { stored: _, ...rest } = state;
  return before.stored === undefined ? rest : { ...rest, stored: before.stored };
}

/**
 * The ways out of a function that was entered. Where one of them ends the transaction or gives the handle back and another does not, what
 * decides is not in sight of the caller: nothing is claimed of the other.
 */
export function undecided(states: readonly State[]): readonly State[] {
  const released = states.some(({ life }) => life === "released");
  const ended = states.some(({ open }) => !open);
  return states.map((state) =>
    (released && state.life === "held") || (ended && state.open) ? { ...state, doubt: true } : state,
  );
}

const maximumTruths = 8;

export function extend(
  truths: ReadonlyMap<string, boolean>,
  key: string,
  truth: boolean,
): ReadonlyMap<string, boolean> {
  if (truths.get(key) === truth || (truths.size >= maximumTruths && !truths.has(key))) return truths;
  return new Map(truths).set(key, truth);
}

/** A store changes what is known of the variable, and forgets what was known of its properties. */
export function remembering(
  each: FunctionNode,
  store: Instruction & { op: "store" },
  aliases: Aliases,
  state: State,
): State {
  const key = `v${store.variable}`;
  const truth = aliases.has(each, store.value) ? true : truthOf(each, store.value, state.truths);
  const truths = new Map(
    [...state.truths].filter(([one]) => one !== key && !one.startsWith(`${key}.`) && !one.startsWith(`${key} `)),
  );
  if (truth !== undefined && branchKeys(each).has(key) && truths.size < maximumTruths) truths.set(key, truth);
  return { ...state, truths };
}
