import type { CallInstruction } from "../core/facts.ts";
import { unresolved } from "./calls.ts";
import { Frames } from "./inside-frames.ts";
import type { Frame, Origins } from "./inside-origins.ts";
import { changesKept, combinatorCalls, combinatorOf, fateOf, usesOf } from "./inside-uses.ts";
import {
  add,
  type Deed,
  deedsOfStray,
  type Growing,
  maximumDeeds,
  maximumDepth,
  type Scan,
  type Step,
  tooFar,
  type Way,
  without,
} from "./inside-ways.ts";
import { placeKey } from "./places.ts";
import { type FunctionNode, isStub } from "./program.ts";
import { definition } from "./text.ts";

/**
 * Finds what code does with connections, through calls, each function seen as its callers on the way call it. What is found in a function is
 * found once, whoever asks: ways that come back to a function are left out by those who are on them already.
 */
export class Scanner {
  readonly frames = new Frames();
  /** What was found in a frame: the whole of it at 0, else by how many functions there was room for. */
  private readonly known = { awaited: new Map<Frame, Scan[]>(), kept: new Map<Frame, Scan[]>() };

  /** A function from its first instruction, or those of its calls that matter. */
  scan(frame: Frame, calls?: ReadonlySet<CallInstruction>): Scan {
    return calls === undefined
      ? this.look(frame, "awaited", maximumDepth)
      : this.inside(frame, calls, "awaited", maximumDepth);
  }

  /** @param room how many functions may be entered, this one included */
  private look(frame: Frame, result: "awaited" | "kept", room: number): Scan {
    if (room === 0) return tooFar;
    let known = this.known[result].get(frame);
    if (known === undefined) {
      known = [];
      this.known[result].set(frame, known);
    }
    const whole = known[0];
    const told = whole !== undefined && whole.height <= room ? whole : known[room];
    if (told !== undefined) return told;
    const found = this.inside(frame, undefined, result, room);
    known[found.whole ? 0 : room] = found;
    return found;
  }

  private inside(
    frame: Frame,
    calls: ReadonlySet<CallInstruction> | undefined,
    result: "awaited" | "kept",
    room: number,
  ): Scan {
    const { each } = frame;
    const found: Growing = { deeds: [], bundles: [], strays: [], height: 1, whole: true };
    const { blocks, failing } = this.frames.reach(frame);
    const seen = new Set<string>();
    each.facts.blocks.forEach((block, id) => {
      if (!blocks.has(id)) return;
      for (const one of block.instructions) {
        if (one.op === "await") this.awaited(frame, one.value, calls, failing.has(id), found);
        if (one.op !== "call" || (calls !== undefined && !calls.has(one)) || found.deeds.length >= maximumDeeds)
          continue;
        // A `finally` is lowered once for every way through it.
        const key = placeKey({ path: each.file.path, span: one.span }) + one.span.end;
        if (seen.has(key) && failing.has(id)) continue;
        seen.add(key);
        this.call(frame, one, result, failing.has(id), room, found);
      }
    });
    for (const call of combinatorCalls(each)) {
      if (calls === undefined || calls.has(call)) this.bundle(frame, call, room, found);
    }
    return found;
  }

  private call(
    frame: Frame,
    call: CallInstruction,
    result: "awaited" | "kept",
    failing: boolean,
    room: number,
    found: Growing,
  ): void {
    const { each } = frame;
    const resolved = each.calls.get(call) ?? unresolved;
    const fate = fateOf(each, call);
    if (resolved.driver.length > 0 && !this.isOwnMethod(frame, call)) {
      const deeds = usesOf(this.frames, frame, call).map(
        (use): Deed => ({ frame, call, use, via: [], through: [each], failing }),
      );
      if (fate.use === "dropped" && !this.takesCallback(frame, call)) {
        const told = deeds.filter(({ use }) => !use.lazy || !(fate.continued || changesKept(each, call)));
        if (told.length > 0) add(found.strays, { frame, call, deeds: told, how: "call", via: [], through: [each] });
        return;
      }
      for (const deed of deeds) {
        if (!deed.use.lazy || this.isSent(frame, call, result)) add(found.deeds, deed);
      }
      this.callbacks(frame, call, deeds, failing, room, found);
      return;
    }
    if (resolved.targets.length === 0) return;
    const inner = this.entered(frame, call, room, this.isSent(frame, call, result) ? "awaited" : "kept", found);
    if (fate.use === "dropped") {
      const isLoop = resolved.builtin && (call.property === "forEach" || call.property === "map");
      const runsOn = inner.filter(({ target }) => target.facts.async || (isLoop && isConciseArrow(target)));
      const deeds = runsOn.flatMap(({ scan }) => [...scan.deeds, ...scan.strays.flatMap(deedsOfStray)]);
      if (deeds.length > 0) {
        deeds.splice(maximumDeeds);
        add(found.strays, { frame, call, deeds, how: isLoop ? "forEach" : "call", via: [], through: [each] });
        return;
      }
      // What is done before the first await is done by the time that the call is.
      if (runsOn.length > 0) return;
    }
    const link: Step = { each, call, frame };
    const step = (via: readonly Step[]): readonly Step[] => (resolved.builtin ? via : [link, ...via]);
    for (const { scan } of inner) {
      const on = <T extends Way>(one: T): T => ({ ...one, via: step(one.via), through: [each, ...one.through] });
      for (const deed of scan.deeds) add(found.deeds, { ...on(deed), failing: deed.failing || failing });
      for (const bundle of scan.bundles) add(found.bundles, on(bundle));
      for (const stray of scan.strays) add(found.strays, on(stray));
    }
  }

  /** `(client ?? this.db).query()`: on this way it is the workspace's own object that is called. */
  private isOwnMethod(frame: Frame, call: CallInstruction): boolean {
    const { targets, builtin } = frame.each.calls.get(call) ?? unresolved;
    if (targets.length === 0 || builtin) return false;
    const receivers = this.frames.receiver(frame, call).filter(({ kind }) => kind !== "none");
    return receivers.length > 0 && receivers.every(({ kind }) => kind === "thing");
  }

  /** What the functions do that a call of the workspace enters. */
  private entered(
    frame: Frame,
    call: CallInstruction,
    room: number,
    result: "awaited" | "kept",
    found: Growing,
  ): readonly { readonly target: FunctionNode; readonly scan: Scan }[] {
    const { builtin } = frame.each.calls.get(call) ?? unresolved;
    const all = this.frames.targets(frame, call);
    const targets = all.length > 1 ? all.filter((target) => !isStub(target.function)) : all;
    // One of several implementations: which one, this way does not tell. What a helper calls back is inside its callers' transactions.
    if (!builtin && (targets.length !== 1 || (frame.given === undefined && isParameter(frame, call)))) return [];
    return targets.map(({ function: target, outer }) => {
      const inner = builtin ? this.frames.frame(target, outer) : this.frames.enter(frame, call, target, outer);
      const isTold = builtin && call.property === "map" ? combinatorOf(frame.each, call.dst) !== undefined : true;
      return { target, scan: this.below(frame, inner, builtin ? (isTold ? "awaited" : "kept") : result, room, found) };
    });
  }

  /** What a frame does that another one enters, but for what comes back to it. */
  private below(frame: Frame, inner: Frame, result: "awaited" | "kept", room: number, found: Growing): Scan {
    const scan = this.look(inner, result, room - 1);
    found.height = Math.max(found.height, scan.height + 1);
    found.whole &&= scan.whole;
    return without(scan, frame.each);
  }

  /** What a library calls back inside a transaction or a session that is part of this one: savepoints. */
  private callbacks(
    frame: Frame,
    call: CallInstruction,
    deeds: readonly Deed[],
    failing: boolean,
    room: number,
    found: Growing,
  ): void {
    if (!deeds.some(({ use }) => use.does === "transaction" || use.does === "checkout")) return;
    const { driver } = frame.each.calls.get(call) ?? unresolved;
    const callbacks = new Set(driver.flatMap((one) => one.callbacks));
    for (const callback of callbacks) {
      const inner = this.below(
        frame,
        this.frames.frame(callback, this.frames.home(frame, callback)),
        "awaited",
        room,
        found,
      );
      const on = <T extends Way>(one: T): T => ({ ...one, through: [frame.each, ...one.through] });
      for (const deed of inner.deeds) add(found.deeds, { ...on(deed), failing: deed.failing || failing });
      for (const bundle of inner.bundles) add(found.bundles, on(bundle));
      for (const stray of inner.strays) add(found.strays, on(stray));
    }
  }

  /** `await query`, where the query was put in a variable. */
  private awaited(
    frame: Frame,
    register: number,
    calls: ReadonlySet<CallInstruction> | undefined,
    failing: boolean,
    found: Growing,
  ): void {
    const { each } = frame;
    const source = definition(each, register);
    if (source?.op !== "load") return;
    for (const block of each.facts.blocks) {
      for (const one of block.instructions) {
        if (one.op !== "store" || one.variable !== source.variable) continue;
        const call = definition(each, one.value);
        if (call?.op !== "call" || (calls !== undefined && !calls.has(call))) continue;
        const use = usesOf(this.frames, frame, call).find(({ lazy }) => lazy);
        if (use === undefined) continue;
        const on = this.frames.of(frame, register);
        add(found.deeds, { frame, call, use: { ...use, on }, via: [], through: [each], failing });
        return;
      }
    }
  }

  /** Whether somebody awaits what a call returns, so that a query that was only built is sent. */
  private isSent(frame: Frame, call: CallInstruction, result: "awaited" | "kept"): boolean {
    const { each } = frame;
    const { use, continued } = fateOf(each, call);
    if (continued) return false;
    if (use === "awaited") return true;
    if (use === "returned") return result === "awaited" || each.facts.async;
    if (call.use === "chained") return true;
    return combinatorOf(each, call.dst) !== undefined;
  }

  /** `client.query(text, callback)`: the callback is told. */
  private takesCallback(frame: Frame, call: CallInstruction): boolean {
    return call.arguments.some(({ value }) => this.frames.of(frame, value).some((origin) => origin.kind === "closure"));
  }

  // ---- Promise.all

  private bundle(frame: Frame, call: CallInstruction, room: number, found: Growing): void {
    const [argument] = call.arguments;
    if (argument === undefined) return;
    const elements = this.elements(frame, argument.value, room, found, 0);
    if (elements.deeds.length === 0) return;
    const { deeds, many } = elements;
    add(found.bundles, { frame, call, elements: deeds, many, via: [], through: [frame.each] });
  }

  private elements(
    frame: Frame,
    register: number,
    room: number,
    found: Growing,
    depth: number,
  ): { readonly deeds: readonly (readonly Deed[])[]; readonly many: boolean } {
    const { each } = frame;
    const source = depth > 3 ? undefined : definition(each, register);
    if (source?.op === "array") {
      const parts = source.elements.map((element) =>
        element.spread
          ? this.elements(frame, element.value, room, found, depth + 1)
          : { deeds: [this.element(frame, element.value, room, found)], many: false },
      );
      return { deeds: parts.flatMap(({ deeds }) => deeds), many: parts.some(({ many }) => many) };
    }
    if (source?.op === "call") {
      const { builtin } = each.calls.get(source) ?? unresolved;
      if (!builtin || (source.property !== "map" && source.property !== "flatMap")) return { deeds: [], many: false };
      const deeds = this.entered(frame, source, room, "awaited", found).flatMap(({ scan }) => scan.deeds);
      return { deeds: deeds.length > 0 ? [deeds] : [], many: deeds.length > 0 };
    }
    return source?.op === "load"
      ? this.collected(frame, source.variable, room, found, depth)
      : { deeds: [], many: false };
  }

  /** `const all = []; for (…) all.push(…); await Promise.all(all)`. */
  private collected(
    frame: Frame,
    variable: number,
    room: number,
    found: Growing,
    depth: number,
  ): { readonly deeds: readonly (readonly Deed[])[]; readonly many: boolean } {
    const { each } = frame;
    const deeds: (readonly Deed[])[] = [];
    let many = false;
    each.facts.blocks.forEach((block, id) => {
      for (const one of block.instructions) {
        if (one.op === "store" && one.variable === variable) {
          const inner = this.elements(frame, one.value, room, found, depth + 1);
          deeds.push(...inner.deeds);
          many ||= inner.many;
        }
        if (one.op !== "call" || one.property !== "push" || one.receiver === undefined) continue;
        const holder = definition(each, one.receiver);
        if (holder?.op !== "load" || holder.variable !== variable) continue;
        for (const argument of one.arguments) {
          const pushed = this.element(frame, argument.value, room, found);
          deeds.push(pushed);
          if (pushed.length > 0 && isInLoop(each, id)) many = true;
        }
      }
    });
    return { deeds, many };
  }

  /** What one element of `Promise.all([…])` does. */
  private element(frame: Frame, register: number, room: number, found: Growing): readonly Deed[] {
    const { each } = frame;
    let source = definition(each, register);
    // `save().catch(…)` is the save.
    for (let depth = 0; source?.op === "call" && depth < 6; depth++) {
      const receiver: number | undefined = source.receiver;
      if (receiver === undefined || !settling.has(source.property ?? "")) break;
      source = definition(each, receiver);
    }
    if (source?.op === "load") {
      const stored = onlyStore(each, source.variable);
      source = stored === undefined ? undefined : definition(each, stored);
    }
    if (source?.op !== "call") return [];
    const call = source;
    const { driver } = each.calls.get(call) ?? unresolved;
    if (driver.length > 0)
      return usesOf(this.frames, frame, call).map(
        (use): Deed => ({ frame, call, use, via: [], through: [each], failing: false }),
      );
    return this.entered(frame, call, room, "awaited", found).flatMap(({ scan }) =>
      scan.deeds.map((deed) => ({
        ...deed,
        via: [{ each, call, frame }, ...deed.via],
        through: [each, ...deed.through],
      })),
    );
  }
}

const settling = new Set(["then", "catch", "finally"]);

/** Whether a call's callee is a parameter of the frame's function. */
function isParameter(frame: Frame, call: CallInstruction): boolean {
  const source = definition(frame.each, call.callee);
  return source?.op === "load" && frame.each.facts.parameters.some(({ variable }) => variable === source.variable);
}

/** `items.forEach((item) => tx.insert(item))`: the promise goes nowhere. */
const isConciseArrow = ({ facts }: FunctionNode): boolean =>
  facts.kind === "arrow" && facts.blocks.some(({ end }) => end.kind === "return" && end.value !== undefined);

function onlyStore(each: FunctionNode, variable: number): number | undefined {
  const values = each.facts.blocks.flatMap((block) =>
    block.instructions.flatMap((one) => (one.op === "store" && one.variable === variable ? [one.value] : [])),
  );
  return values.length === 1 ? values[0] : undefined;
}

/** Whether a block can lead to itself. */
function isInLoop(each: FunctionNode, start: number): boolean {
  const seen = new Set<number>();
  const line = [start];
  for (const id of line) {
    const end = each.facts.blocks[id]?.end;
    const next =
      end?.kind === "goto"
        ? [end.to]
        : end?.kind === "choice"
          ? end.to
          : end?.kind === "branch"
            ? [end.then, end.else]
            : [];
    for (const to of next) {
      if (to === start) return true;
      if (seen.has(to)) continue;
      seen.add(to);
      line.push(to);
    }
  }
  return false;
}

/** Whether what a use runs on is certain: one or several handles and nothing else. */
export const handlesOf = (on: Origins): readonly (Origins[number] & { kind: "handle" | "bound" })[] | undefined => {
  const told = on.filter((origin) => origin.kind !== "none");
  const handles = told.flatMap((origin) => (origin.kind === "handle" || origin.kind === "bound" ? [origin] : []));
  if (handles.length === 0 || handles.length < told.length) return undefined;
  // An annotation of Python's says what kind of thing the other is, and is none itself.
  const made = handles.filter((origin) => !isAnnotation(origin));
  return made.length > 0 ? made : handles;
};

const isAnnotation = (origin: Origins[number]): boolean =>
  origin.kind === "handle" && origin.of.site.kind === "declared" && origin.of.driver.language === "python";
