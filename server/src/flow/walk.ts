import type { Block, CallInstruction, Instruction, VariableId } from "../core/facts.ts";
import type { Step } from "../core/model.ts";
import type { Span } from "../core/text.ts";
import { Aliases } from "./aliases.ts";
import { type Resolved, unresolved } from "./calls.ts";
import { branchKeys, conditionOf, truthOf } from "./conditions.ts";
import { type Deed, deedsOf } from "./effects.ts";
import type { FunctionNode } from "./program.ts";
import { definition, slotTexts } from "./text.ts";

/** Where a tracked handle is in its life. A path on which it escapes to unknown code is no longer followed. */
export interface State {
  readonly life: "held" | "released";
  readonly open: boolean;
  /** The call that began the open transaction. */
  readonly begin?: CallInstruction;
  /** The path hangs on what the handle says of itself (`if (!trx.isCompleted())`): nothing on it is claimed. */
  readonly doubt?: true;
  /** Conditions that this path has decided. */
  readonly truths: ReadonlyMap<string, boolean>;
  /** How the path got here, newest first; not part of the state's identity. */
  readonly trace?: Trace;
}

export interface Trace {
  readonly step: Step;
  readonly before?: Trace;
}

/** What the walk tells as it goes. */
export interface Observer {
  began(each: FunctionNode, call: CallInstruction): void;
  ended(state: State, each: FunctionNode, call: CallInstruction, how: "commit" | "rollback"): void;
  released(state: State, each: FunctionNode, call: CallInstruction): void;
  misused(state: State, each: FunctionNode, call: CallInstruction, kind: "double release" | "use after release"): void;
  /** A call while the transaction is open. `through`: it was reached through these calls. */
  called(state: State, each: FunctionNode, call: CallInstruction, resolved: Resolved, chain: readonly Step[]): void;
}

export interface Exits {
  readonly normal: readonly State[];
  readonly thrown: readonly State[];
}

/** More states than this in one function: it is too tangled to claim anything. */
const maximumStates = 4_000;
const maximumDepth = 6;

class GiveUp extends Error {}

/** The steps of a path, from the first to the last. */
export function stepsOf(trace: Trace | undefined): readonly Step[] {
  const steps: Step[] = [];
  for (let at = trace; at !== undefined; at = at.before) steps.unshift(at.step);
  return steps;
}

/**
 * Follows one handle through every path of a function, exceptions included, and into the functions it is handed to.
 * Undefined where the function is too tangled.
 */
export function walkFrom(
  owner: FunctionNode,
  start: { readonly block: number; readonly after: number },
  aliases: Aliases,
  initial: State,
  observer: Observer,
  origin?: CallInstruction,
): Exits | undefined {
  try {
    return new Walk(observer, 0, [], origin).function(owner, start, aliases, initial);
  } catch (error) {
    if (error instanceof GiveUp) return undefined;
    throw error;
  }
}

type Bindings = ReadonlyMap<VariableId, readonly (readonly (string | undefined)[])[]>;

class Walk {
  constructor(
    private readonly observer: Observer,
    private readonly depth: number,
    private readonly chain: readonly Step[],
    /** The call that makes the handle: what it makes in the next round of a loop is another one. */
    private readonly origin: CallInstruction | undefined,
    private readonly bindings: Bindings = new Map(),
    private readonly stack: readonly FunctionNode[] = [],
  ) {}

  function(
    each: FunctionNode,
    start: { readonly block: number; readonly after: number },
    aliases: Aliases,
    initial: State,
  ): Exits {
    const normal = new Map<string, State>();
    const thrown = new Map<string, State>();
    const seen = new Set<string>();
    const queue: { readonly block: number; readonly from: number; readonly state: State }[] = [];
    const reach = (block: number, state: State): void => {
      const key = `${block} ${keyOf(state)}`;
      if (seen.has(key)) return;
      seen.add(key);
      if (seen.size > maximumStates) throw new GiveUp();
      queue.push({ block, from: 0, state });
    };
    queue.push({ block: start.block, from: start.after, state: initial });
    for (let index = 0; index < queue.length; index++) {
      const { block: id, from, state } = queue[index] as (typeof queue)[number];
      const block = each.facts.blocks[id];
      if (block === undefined) continue;
      const leave = (left: State): void => {
        if (block.handler !== undefined) reach(block.handler, left);
        else remember(thrown, left);
      };
      for (const after of this.block(each, block, from, aliases, state, leave))
        this.end(each, block, after, aliases, reach, normal, leave);
    }
    return { normal: [...normal.values()], thrown: [...thrown.values()] };
  }

  private block(
    each: FunctionNode,
    block: Block,
    from: number,
    aliases: Aliases,
    state: State,
    leave: (state: State) => void,
  ): readonly State[] {
    let states: readonly State[] = [state];
    for (let index = from; index < block.instructions.length && states.length > 0; index++) {
      const instruction = block.instructions[index] as Instruction;
      if (instruction.op === "store") {
        // The variable now holds something else, and who has the handle cannot be told.
        if (aliases.variables.has(instruction.variable) && !aliases.has(each, instruction.value)) {
          return [];
        }
        states = states.map((one) => remembering(each, instruction, aliases, one));
      } else if (instruction.op === "call")
        states = states.flatMap((one) => this.call(each, instruction, aliases, one, leave));
      else if (instruction.op === "await") {
        for (const one of states) this.waited(each, instruction.value, instruction.span, aliases, one, leave);
      } else if (instruction.op === "dispose" && aliases.has(each, instruction.value)) {
        states = states.map((one) => ({ ...one, life: "released", open: false }));
      } else if (escapes(each, instruction, aliases)) return [];
    }
    return states;
  }

  private end(
    each: FunctionNode,
    block: Block,
    state: State,
    aliases: Aliases,
    reach: (block: number, state: State) => void,
    normal: Map<string, State>,
    leave: (state: State) => void,
  ): void {
    const { end } = block;
    switch (end.kind) {
      case "goto":
        reach(end.to, state);
        return;
      case "choice":
        for (const to of end.to) reach(to, state);
        return;
      case "branch":
        this.branch(each, end, aliases, state, reach);
        return;
      case "return":
        // Handed to the caller, who is then responsible.
        if (end.value !== undefined && (aliases.has(each, end.value) || aliases.contains(each, end.value))) {
          if (this.depth === 0) return;
        }
        remember(normal, withStep(state, this.depth === 0 ? exitStep(each, end.span) : undefined));
        return;
      case "throw":
        // Without a value, `finally` throws on what was thrown before.
        leave(end.value === undefined ? state : withStep(state, { place: at(each, end.span), words: "throws here" }));
        return;
      case "stop":
        return;
    }
  }

  private branch(
    each: FunctionNode,
    end: Block["end"] & { kind: "branch" },
    aliases: Aliases,
    state: State,
    reach: (block: number, state: State) => void,
  ): void {
    const condition = conditionOf(each, end.test);
    const held = state.life === "held" && aliases.has(each, end.test);
    const truth = held ? true : (freshness(each, end.test, aliases) ?? truthOf(each, end.test, state.truths));
    const decide = (taken: boolean): State =>
      condition === undefined || !branchKeys(each).has(condition.key)
        ? state
        : { ...state, truths: extend(state.truths, condition.key, taken === condition.truthy) };
    if (truth === undefined && asksHandle(each, end.test, aliases)) {
      reach(end.then, { ...state, doubt: true });
      reach(end.else, { ...state, doubt: true });
      return;
    }
    if (truth !== false) reach(end.then, decide(true));
    if (truth !== true) reach(end.else, decide(false));
  }

  /** One call: what it does to the handle, and the states after it. */
  private call(
    each: FunctionNode,
    call: CallInstruction,
    aliases: Aliases,
    state: State,
    leave: (state: State) => void,
  ): readonly State[] {
    if (call === this.origin) return [];
    const resolved = each.calls.get(call) ?? unresolved;
    if (state.open) this.observer.called(state, each, call, resolved, this.chain);
    const deeds = deedsOf(each, call, resolved, aliases, (owner, one, slot) => this.texts(owner, one, slot));
    if (deeds !== undefined) {
      if (resolved.driver.some((one) => one.callbacks.some((callback) => aliases.touches(callback)))) {
        return this.callbacks(each, resolved, aliases, state, deeds);
      }
      let after: State = state;
      for (const deed of deeds) {
        const next = this.deed(each, call, deed, after);
        if (next === undefined) return [];
        after = next;
      }
      return [after];
    }
    // A member that the driver's description does not know, or `connect().then(…)`: anything may happen.
    if (call.receiver !== undefined && aliases.has(each, call.receiver)) return [];
    return this.enter(each, call, resolved, aliases, state, leave);
  }

  /** A driver's call whose callback touches the handle as well: a transaction form on it, or the callback style, which is not followed. */
  private callbacks(
    each: FunctionNode,
    resolved: Resolved,
    aliases: Aliases,
    state: State,
    deeds: readonly Deed[],
  ): readonly State[] {
    const managed = resolved.driver.some((one) =>
      one.effects.some((effect) => effect.does === "runs in transaction" || effect.does === "runs in session"),
    );
    void each;
    void aliases;
    return managed && deeds.every((deed) => deed.does === "use") ? [state] : [];
  }

  private texts(
    each: FunctionNode,
    call: CallInstruction,
    slot: Parameters<typeof slotTexts>[2],
  ): ReturnType<typeof slotTexts> {
    if (
      this.bindings.size > 0 &&
      typeof slot !== "string" &&
      !("property" in slot) &&
      typeof slot.argument === "number"
    ) {
      const argument = call.arguments[slot.argument];
      const source = argument === undefined ? undefined : definition(each, argument.value);
      const bound = source?.op === "load" ? this.bindings.get(source.variable) : undefined;
      if (bound !== undefined) return bound;
    }
    return slotTexts(each, call, slot);
  }

  /** The state after a deed; undefined where nothing more can be said of the handle. */
  private deed(each: FunctionNode, call: CallInstruction, deed: Deed, state: State): State | undefined {
    if (state.life === "released") {
      if (deed.does === "release") this.observer.misused(state, each, call, "double release");
      else if (deed.does !== "close" && deed.does !== "touch")
        this.observer.misused(state, each, call, "use after release");
      return undefined;
    }
    switch (deed.does) {
      case "begin":
        this.observer.began(each, call);
        return state.open ? state : { ...state, open: true, begin: call };
      case "end":
        this.observer.ended(state, each, call, deed.how);
        return closed(state);
      case "perhaps end":
        return state.open ? undefined : state;
      case "use":
      case "touch":
        return state;
      case "release":
        if (state.open && !destroyed(each, call, deed.destroys, state)) this.observer.released(state, each, call);
        return {
          ...closed(state),
          life: "released",
          ...traced(state, { place: at(each, call.span), words: "is given back here" }),
        };
      case "close":
        return { ...closed(state), life: "released" };
    }
  }

  /** A call of the workspace, or of code that is not in sight. */
  private enter(
    each: FunctionNode,
    call: CallInstruction,
    resolved: Resolved,
    aliases: Aliases,
    state: State,
    leave: (state: State) => void,
  ): readonly State[] {
    const given = call.arguments.flatMap((argument, index) =>
      aliases.has(each, argument.value) || aliases.contains(each, argument.value) ? [index] : [],
    );
    const closures = capturing(each, call, aliases);
    const ends = closures.some((closure) => !onlyUses(closure, aliases));
    if (resolved.targets.length === 0) {
      // Whatever takes the handle, or a closure that ends it, may do so at any time.
      const kept = given.length > 0 && !(resolved.builtin && !keeping.has(call.property ?? ""));
      return (kept && closures.length < given.length) || ends ? [] : [state];
    }
    // What `then` and `catch` do depends on how the promise settles; `finally` happens in any case.
    if (ends && (call.property === "then" || call.property === "catch" || !resolved.builtin)) return [];
    const always = resolved.builtin && call.property === "finally";
    const inside = resolved.targets.filter(
      (target) => (given.length > 0 && !closures.includes(target)) || aliases.touches(target),
    );
    if (inside.length === 0) return [state];
    if (this.depth >= maximumDepth) return [];
    const results: State[] = inside.length < resolved.targets.length || (resolved.builtin && !always) ? [state] : [];
    for (const target of inside) {
      if (this.stack.includes(target)) {
        results.push(state);
        continue;
      }
      const exits = this.inner(each, call, target, given, aliases, state, resolved.builtin);
      for (const one of exits.normal) results.push({ ...one, truths: state.truths });
      for (const one of exits.thrown) {
        const left = { ...one, truths: state.truths };
        if (call.use === "chained" || resolved.builtin) results.push(left);
        else leave(withStep(left, { place: at(each, call.span), words: `${nameOf(each, call)} throws` }));
      }
    }
    return distinct(results);
  }

  private inner(
    each: FunctionNode,
    call: CallInstruction,
    target: FunctionNode,
    given: readonly number[],
    aliases: Aliases,
    state: State,
    builtin: boolean,
  ): Exits {
    const bindings = new Map<VariableId, readonly (readonly (string | undefined)[])[]>();
    const variables = new Set<VariableId>();
    const containers: VariableId[] = [];
    target.facts.parameters.forEach((parameter, index) => {
      const argument = builtin ? undefined : call.arguments[index];
      if (argument === undefined || argument.spread || parameter.rest) return;
      if (given.includes(index)) {
        if (aliases.has(each, argument.value)) variables.add(parameter.variable);
        else containers.push(parameter.variable);
      }
      const source = definition(each, argument.value);
      if (source?.op === "literal" && typeof source.value === "string")
        bindings.set(parameter.variable, [[source.value]]);
      if (source?.op === "load" && this.bindings.has(source.variable)) {
        bindings.set(
          parameter.variable,
          this.bindings.get(source.variable) as readonly (readonly (string | undefined)[])[],
        );
      }
    });
    // A closure of the same file keeps the variables that it captures.
    const inner =
      target.file === each.file && aliases.touches(target)
        ? aliases
        : new Aliases(aliases.site, variables, target, [], containers);
    const chain = [...this.chain, { place: at(each, call.span), words: `calls ${nameOf(each, call)}` }];
    const walk = new Walk(this.observer, this.depth + 1, chain, this.origin, bindings, [...this.stack, target]);
    return walk.function(target, { block: 0, after: 0 }, inner, {
      ...state,
      truths: entryTruths(each, target, state, variables),
    });
  }

  /** An await throws unless it waits for something whose failure changes nothing. */
  private waited(
    each: FunctionNode,
    register: number,
    span: Span,
    aliases: Aliases,
    state: State,
    leave: (state: State) => void,
  ): void {
    if (state.life !== "held" || !mayReject(each, register)) return;
    // `await Promise.all([pool.connect(), …])`: nothing has been handed out yet.
    if (aliases.contains(each, register)) return;
    leave(withStep(state, { place: at(each, span), words: `${waitedName(each, register)} may throw here` }));
  }
}

/** `t !== options.transaction`: a handle that was made on this path is nothing else. */
function freshness(each: FunctionNode, register: number, aliases: Aliases): boolean | undefined {
  const test = definition(each, register);
  if (test?.op !== "operation" || !/^[!=]==?$/.test(test.operator)) return undefined;
  const [left, right] = test.operands;
  if (left === undefined || right === undefined || aliases.has(each, left) === aliases.has(each, right))
    return undefined;
  return test.operator.startsWith("!");
}

/** `t.finished`, `!trx.isCompleted()`: a test of the handle's own state. */
function asksHandle(each: FunctionNode, register: number, aliases: Aliases): boolean {
  const test = definition(each, register);
  switch (test?.op) {
    case "get":
      return aliases.has(each, test.object);
    case "call":
      return test.receiver !== undefined && aliases.has(each, test.receiver);
    case "operation":
      return test.operands.some((operand) => asksHandle(each, operand, aliases));
    default:
      return false;
  }
}

/** What is known at a function's entry: variables are the file's own, and a parameter that holds the handle is truthy. */
function entryTruths(
  each: FunctionNode,
  target: FunctionNode,
  state: State,
  variables: ReadonlySet<VariableId>,
): ReadonlyMap<string, boolean> {
  const truths = new Map(target.file === each.file ? state.truths : []);
  for (const variable of variables) truths.set(`v${variable}`, true);
  return truths;
}

const at = (each: FunctionNode, span: Span): Step["place"] => ({ path: each.file.path, span });

function traced(state: State, step: Step): { trace: Trace } {
  return { trace: { step, ...(state.trace === undefined ? {} : { before: state.trace }) } };
}

function withStep(state: State, step: Step | undefined): State {
  return step === undefined ? state : { ...state, ...traced(state, step) };
}

const exitStep = (each: FunctionNode, span: Span): Step => ({
  place: at(each, span),
  words: span.end > span.start ? "returns here" : "the function ends here",
});

function closed(state: State): State {
  const { begin: _, ...rest } = state;
  return { ...rest, open: false };
}

/** Whether `release(argument)` closes the connection, which ends its transaction. */
function destroyed(
  each: FunctionNode,
  call: CallInstruction,
  destroys: number | "always" | undefined,
  state: State,
): boolean {
  if (destroys === undefined) return false;
  if (destroys === "always") return true;
  const argument = call.arguments[destroys];
  if (argument === undefined) return false;
  // Unknown is not unsafe: only an argument that is certainly falsy leaves the transaction open.
  return truthOf(each, argument.value, state.truths) !== false;
}

function keyOf(state: State): string {
  const truths = [...state.truths].map(([key, truth]) => `${key}${truth ? "+" : "-"}`).sort();
  return `${state.life}${state.open}${state.doubt ?? ""}${state.begin?.span.start ?? ""}${truths.join(",")}`;
}

function remember(states: Map<string, State>, state: State): void {
  const key = keyOf({ ...state, truths: new Map() });
  if (!states.has(key)) states.set(key, state);
}

function distinct(states: readonly State[]): readonly State[] {
  const found = new Map<string, State>();
  for (const state of states) if (!found.has(keyOf(state))) found.set(keyOf(state), state);
  return [...found.values()];
}

const maximumTruths = 8;

function extend(truths: ReadonlyMap<string, boolean>, key: string, truth: boolean): ReadonlyMap<string, boolean> {
  if (truths.get(key) === truth || (truths.size >= maximumTruths && !truths.has(key))) return truths;
  return new Map(truths).set(key, truth);
}

/** A store changes what is known of the variable, and forgets what was known of its properties. */
function remembering(each: FunctionNode, store: Instruction & { op: "store" }, aliases: Aliases, state: State): State {
  const key = `v${store.variable}`;
  const truth = aliases.has(each, store.value) ? true : truthOf(each, store.value, state.truths);
  const truths = new Map(
    [...state.truths].filter(([one]) => one !== key && !one.startsWith(`${key}.`) && !one.startsWith(`${key} `)),
  );
  if (truth !== undefined && branchKeys(each).has(key) && truths.size < maximumTruths) truths.set(key, truth);
  return { ...state, truths };
}

/** Instructions that put the handle where it can no longer be followed. */
function escapes(each: FunctionNode, instruction: Instruction, aliases: Aliases): boolean {
  const gone = (register: number): boolean => aliases.has(each, register) || aliases.contains(each, register);
  switch (instruction.op) {
    case "set":
    case "setIndex":
      return gone(instruction.value);
    case "yield":
      return instruction.value !== undefined && gone(instruction.value);
    case "unknown":
      return instruction.operands.some(gone);
    default:
      return false;
  }
}

/** Methods of collections that keep what they are given. */
const keeping = new Set(["set", "push", "unshift", "add", "concat"]);

/** Closures over the handle among a call's arguments. */
function capturing(each: FunctionNode, call: CallInstruction, aliases: Aliases): readonly FunctionNode[] {
  return call.arguments.flatMap((argument) => {
    const found = (each.registers[argument.value] ?? []).flatMap((value) =>
      value.kind === "closure" ? [value.function] : [],
    );
    return found.filter((closure) => closure.file === each.file && aliases.touches(closure));
  });
}

/** Whether a closure sends statements through the handle, and does nothing else with it. */
function onlyUses(closure: FunctionNode, aliases: Aliases): boolean {
  for (const [call, resolved] of closure.calls) {
    const deeds = deedsOf(closure, call, resolved, aliases);
    if (deeds === undefined) {
      if (
        call.arguments.some(
          (argument) => aliases.has(closure, argument.value) || aliases.contains(closure, argument.value),
        )
      )
        return false;
    } else if (deeds.some((deed) => deed.does !== "use" && deed.does !== "touch")) return false;
  }
  return true;
}

/** The text of a call for people: `client.query()`. */
export function nameOf(each: FunctionNode, call: CallInstruction): string {
  const callee = definition(each, call.callee);
  const names: string[] = [];
  let at = callee;
  for (let depth = 0; at !== undefined && depth < 6; depth++) {
    if (at.op === "get") {
      names.unshift(at.property);
      at = definition(each, at.object);
    } else {
      if (at.op === "load") names.unshift(each.file.facts.variables[at.variable]?.name ?? "");
      else if (at.op === "global") names.unshift(at.name);
      else if (at.op === "this") names.unshift("this");
      else if (at.op === "super") names.unshift("super");
      else if (names.length > 0) names.unshift("…");
      break;
    }
  }
  const name = names.filter((one) => one !== "").join(".");
  return `\`${call.style === "new" ? "new " : ""}${name === "" ? "the call" : name}()\``;
}

/** The call that an await waits for, or the await itself. */
function waitedName(each: FunctionNode, register: number): string {
  const instruction = definition(each, register);
  return instruction?.op === "call" ? nameOf(each, instruction) : "the `await`";
}

/** Whether awaiting this register can throw where it matters: BEGIN, COMMIT, ROLLBACK and release change nothing by failing. */
function mayReject(each: FunctionNode, register: number): boolean {
  const instruction = definition(each, register);
  if (instruction === undefined) return false;
  if (instruction.op === "literal") return false;
  if (instruction.op !== "call") return true;
  const resolved = each.calls.get(instruction) ?? unresolved;
  if (instruction.property === "catch" && instruction.arguments.length > 0) return false;
  if (
    resolved.driver.length > 0 &&
    resolved.driver.every((one) => one.effects.length > 0 && one.effects.every(settles))
  )
    return false;
  if (
    resolved.driver.some((one) =>
      one.effects.some(
        (effect) => effect.does === "runs" && effect.sql !== undefined && isControl(each, instruction, effect.sql),
      ),
    )
  ) {
    return false;
  }
  return !sleeps(each, instruction, resolved);
}

const settles = (effect: { readonly does: string }): boolean =>
  effect.does === "acquires" ||
  effect.does === "connects" ||
  effect.does === "begins" ||
  effect.does === "commits" ||
  effect.does === "rolls back" ||
  effect.does === "releases" ||
  effect.does === "ends";

/** Texts that begin or end a transaction, and nothing else. */
function isControl(each: FunctionNode, call: CallInstruction, slot: Parameters<typeof slotTexts>[2]): boolean {
  const alternatives = slotTexts(each, call, slot);
  return (
    alternatives.length > 0 &&
    alternatives.every((pieces) =>
      /^\s*(begin|start\s+transaction|commit|rollback|end|abort)\b[^;]*;?\s*$/i.test(pieces.join("")),
    )
  );
}

/** `await new Promise((resolve) => setTimeout(resolve, 100))`, `await sleep(100)` of the runtime. */
function sleeps(each: FunctionNode, call: CallInstruction, resolved: Resolved): boolean {
  if (resolved.external.some((one) => one.kind === "external" && one.module.startsWith("timers"))) return true;
  return (
    call.style === "new" &&
    resolved.external.some((one) => one.kind === "global" && one.path[0] === "Promise") &&
    each.facts.async
  );
}
