import type { Block, CallInstruction, Instruction } from "../core/facts.ts";
import type { Span } from "../core/text.ts";
import type { Aliases } from "./aliases.ts";
import { autocommitOf, isBornInAutocommit } from "./autocommit.ts";
import type { Bindings } from "./bound-text.ts";
import { waysOf } from "./branch-ways.ts";
import { nameOf, waitedName } from "./call-name.ts";
import { type Resolved, unresolved } from "./calls.ts";
import { capturing, destroyed, escapes, isKeptByThis, keeps, onlyUses, outlives } from "./captures.ts";
import { type Deed, deedsOf, disposalOf, sends } from "./effects.ts";
import { mayEnd } from "./ends-elsewhere.ts";
import { aliasesIn } from "./entering.ts";
import { givenTo, slotTextsGiven } from "./given.ts";
import { lends } from "./managers.ts";
import type { Observer } from "./observer.ts";
import {
  at,
  closed,
  disposed,
  distinct,
  exitStep,
  inAutocommit,
  inUse,
  keyOf,
  remember,
  remembering,
  type State,
  traced,
  undecided,
  withoutStored,
  withStep,
} from "./path-state.ts";
import { type FunctionNode, isPython } from "./program.ts";
import type { Link } from "./regions.ts";
import { mayReject } from "./rejection.ts";
import { definition } from "./text.ts";

export interface Exits {
  readonly normal: readonly State[];
  readonly thrown: readonly State[];
}

/** A statement that is in a transaction because it opens one. */
const isAutobegin = (deed: Deed): boolean => deed.does === "use" && deed.autobegins !== undefined;

const isPlainPython = (each: FunctionNode, call: CallInstruction): boolean =>
  each.file.facts.language === "python" && call.use !== "awaited";

/** More states than this in one function: it is too tangled to claim anything. */
const maximumStates = 4_000;

/** How far, and into how many functions, a walk goes. */
export interface Reach {
  readonly depth: number;
  entered: number;
}

const whole = (): Reach => ({ depth: 6, entered: Number.POSITIVE_INFINITY });

/** For what is looked at in every function: its callers look at it again. */
export const near = (): Reach => ({ depth: 2, entered: 24 });

class GiveUp extends Error {}

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
  reach: Reach = whole(),
): Exits | undefined {
  try {
    const born = isBornInAutocommit(aliases.site) ? inAutocommit(initial, "on") : initial;
    return new Walk(observer, 0, [], origin, reach).function(owner, start, aliases, born);
  } catch (error) {
    if (!(error instanceof GiveUp)) throw error;
    observer.lost();
    return undefined;
  }
}

class Walk {
  constructor(
    private readonly observer: Observer,
    private readonly depth: number,
    /** The calls that led from where the walk began to the function that it is in. */
    private readonly via: readonly Link[],
    /** The call that makes the handle: what it makes in the next round of a loop is another one. */
    private readonly origin: CallInstruction | undefined,
    private readonly reach: Reach,
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
      const how = autocommitOf(each, instruction, aliases);
      if (how !== undefined) states = states.map((one) => inAutocommit(one, how));
      if (instruction.op === "store") {
        // The variable now holds something else, and who has the handle cannot be told.
        if (aliases.variables.has(instruction.variable) && !aliases.has(each, instruction.value)) return this.lose();
        const isKept = outlives(this.via[0]?.each ?? each, each, instruction, aliases);
        states = states.map((one) => remembering(each, instruction, aliases, isKept ? { ...one, stored: true } : one));
      } else if (instruction.op === "call")
        states = states.flatMap((one) => this.call(each, instruction, aliases, one, leave));
      else if (instruction.op === "await") {
        for (const one of states) this.waited(each, instruction.value, instruction.span, aliases, one, leave);
      } else if (instruction.op === "yield" && isPython(each) && lends(each.facts)) {
        if (this.depth === 0) for (const one of states) if (one.open) this.observer.lent(one, each);
        // What its user throws is thrown here.
        for (const one of states)
          if (one.life === "held")
            leave(withStep(one, { place: at(each, instruction.span), words: "what uses it may throw here" }));
      } else if (instruction.op === "disconnected") return [];
      else if (instruction.op === "dispose" && aliases.isLender(each, instruction.value)) return [];
      else if (instruction.op === "dispose" && aliases.has(each, instruction.value)) {
        states = states.map((one) => disposed(one, disposalOf(each, instruction.value, aliases)));
      } else if (isKeptByThis(each, instruction, aliases)) {
        states = states.map((one) => ({ ...one, stored: true }));
      } else if (escapes(each, instruction, aliases)) return this.lose();
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
        for (const [to, after] of waysOf(each, end, aliases, state)) reach(to, after);
        return;
      case "return":
        // Handed to the caller, who is then responsible.
        if (this.depth === 0 && end.value !== undefined) {
          const as = aliases.has(each, end.value)
            ? "handle"
            : aliases.contains(each, end.value)
              ? "container"
              : undefined;
          if (as !== undefined) {
            this.observer.returned(state, each, as, aliases);
            return;
          }
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
    if (this.endsUnseen(each, call, resolved, aliases, state)) return [closed(state)];
    if (state.open) this.observer.called(state, each, call, this.via);
    const deeds = deedsOf(each, call, resolved, aliases, (owner, one, slot) =>
      slotTextsGiven(owner, one, slot, this.bindings),
    );
    if (deeds !== undefined) {
      const begins = !state.open && state.autocommit !== true && deeds.some(isAutobegin);
      this.visit(begins ? { ...state, open: true, begin: call } : state, each, call);
      if (resolved.driver.some((one) => one.callbacks.some((callback) => aliases.touches(callback)))) {
        return this.callbacks(resolved, state, deeds);
      }
      let after: State = state;
      for (const deed of deeds) {
        const next = this.deed(each, call, deed, after);
        if (next === undefined) return [];
        after = sends(deed) ? inUse(next) : next;
      }
      // Python without `await` throws out of the call itself.
      if (isPlainPython(each, call) && deeds.some(({ does }) => does === "use"))
        this.waited(each, call.dst, call.span, aliases, after, leave);
      return [after];
    }
    // A member that the driver's description does not know, or `connect().then(…)`: anything may happen.
    if (call.receiver !== undefined && aliases.has(each, call.receiver)) return this.lose();
    return this.enter(each, call, resolved, aliases, state, leave);
  }

  /** What an object does with a session that it has from elsewhere may well be done to this one. */
  private endsUnseen(
    each: FunctionNode,
    call: CallInstruction,
    { targets, driver }: Resolved,
    aliases: Aliases,
    state: State,
  ): boolean {
    if (state.implied !== true || driver.length > 0 || targets.length === 0) return false;
    const isGiven = call.arguments.some(({ value }) => aliases.has(each, value) || aliases.contains(each, value));
    const isInside = call.receiver !== undefined && aliases.contains(each, call.receiver);
    return !isGiven && !isInside && mayEnd(targets);
  }

  /** A driver's call whose callback touches the handle as well: a transaction form on it, or the callback style, which is not followed. */
  private callbacks(resolved: Resolved, state: State, deeds: readonly Deed[]): readonly State[] {
    const managed = resolved.driver.some((one) =>
      one.effects.some((effect) => effect.does === "runs in transaction" || effect.does === "runs in session"),
    );
    return managed && deeds.every((deed) => deed.does === "use") ? [inUse(state)] : this.lose();
  }

  private visit(state: State, each: FunctionNode, call: CallInstruction): void {
    this.observer.visited(state, each, call, this.depth === 0 ? "own" : "entered");
  }

  /** No state: the path ends where nobody knows what happens to the handle. */
  private lose(): readonly State[] {
    this.observer.lost();
    return [];
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
        this.observer.began(each, call, "told");
        return state.open ? state : { ...state, open: true, begin: call };
      case "end":
        this.observer.ended(state, each, call, deed.how);
        return closed(state);
      case "perhaps end":
        this.observer.lost();
        return state.open ? { ...state, perhaps: true } : state;
      case "use":
        if (deed.autobegins === undefined || state.open || state.autocommit === true) return state;
        this.observer.began(each, call, "implicit");
        return { ...state, open: true, begin: call, implied: true };
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
      const kept = given.length > 0 && keeps(call, resolved.builtin, given);
      const strange = call.receiver !== undefined && !resolved.builtin && aliases.contains(each, call.receiver);
      return (kept && closures.length < given.length) || ends || strange ? this.lose() : [state];
    }
    // What `then` and `catch` do depends on how the promise settles; `finally` happens in any case.
    if (ends && (call.property === "then" || call.property === "catch" || !resolved.builtin)) return this.lose();
    const always = resolved.builtin && call.property === "finally";
    const inside = resolved.targets.flatMap((target) => {
      const inner = aliasesIn(each, call, target, given, aliases, resolved.builtin);
      return inner.touches(target) ? [{ target, inner }] : [];
    });
    if (inside.length === 0) return [state];
    if (this.depth >= this.reach.depth || this.reach.entered <= 0) return this.lose();
    this.reach.entered--;
    this.visit(state, each, call);
    const results: State[] = inside.length < resolved.targets.length || (resolved.builtin && !always) ? [state] : [];
    for (const { target, inner } of inside) {
      if (this.stack.includes(target)) {
        results.push(state);
        continue;
      }
      if (state.open) this.observer.entered(state, target);
      const exits = this.inner(each, call, target, inner, state, resolved.builtin);
      for (const one of undecided(exits.normal)) {
        // The object that has it now is not the one that is followed.
        if (one.stored === true && state.stored !== true && call.style !== "new") this.observer.lost();
        else results.push({ ...withoutStored(one, state), truths: state.truths });
      }
      for (const one of exits.thrown) {
        const left = { ...withoutStored(one, state), truths: state.truths };
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
    aliases: Aliases,
    state: State,
    builtin: boolean,
  ): Exits {
    const { bindings, truths } = givenTo(
      target,
      { each, call, by: builtin ? "language" : "call" },
      aliases,
      state,
      this.bindings,
    );
    const via = [...this.via, { each, call }];
    const walk = new Walk(this.observer, this.depth + 1, via, this.origin, this.reach, bindings, [
      ...this.stack,
      target,
    ]);
    return walk.function(target, { block: 0, after: 0 }, aliases, { ...state, truths });
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
    // Where the call that makes the handle fails, there is none.
    if (state.life !== "held" || register === this.origin?.dst || !mayReject(each, register)) return;
    // `await Promise.all([pool.connect(), …])`: nothing has been handed out yet.
    if (aliases.contains(each, register)) return;
    // A first statement that fails has begun nothing that anybody can count on.
    const began = state.implied === true && definition(each, register) === state.begin ? closed(state) : state;
    leave(withStep(began, { place: at(each, span), words: `${waitedName(each, register)} may throw here` }));
  }
}
