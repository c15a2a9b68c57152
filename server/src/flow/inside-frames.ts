import type { CallInstruction, Instruction, VariableId } from "../core/facts.ts";
import { type DriverCall, returnsSame, unresolved } from "./calls.ts";
import { Descent, Looks } from "./inside-looks.ts";
import {
  distinct,
  type Frame,
  isBuilder,
  isNoPool,
  isOpen,
  keyOf,
  type Origin,
  type Origins,
  originOf,
  type Reach,
  relevantOf,
  row,
  truthOf,
  whole,
} from "./inside-origins.ts";
import { blocksReached, isField, truthAt } from "./inside-reach.ts";
import { handleSlots } from "./inside-slots.ts";
import { isDefault, isSetLater, isStoredElsewhere, storesIn } from "./inside-stores.ts";
import { type FunctionNode, nodeOf } from "./program.ts";
import { definition } from "./text.ts";
import type { HandleValue } from "./values.ts";

const unknown: Origins = [{ kind: "unknown" }];
const none: Origins = [{ kind: "none" }];

const wholeOf = ({ facts }: FunctionNode): Reach => ({ blocks: new Set(facts.blocks.keys()), failing: new Set() });

/** How many calls of the workspace are looked through for what they return. */
const maximumReturns = 3;

/** Frames and what their registers hold. */
export class Frames {
  private readonly looks = new WeakMap<Frame, Looks>();
  private readonly known = new Map<string, Frame>();
  private readonly descent = new Descent();
  private returning = 0;

  frame(each: FunctionNode, outer?: Frame, given?: ReadonlyMap<VariableId, Origins>): Frame {
    const parts = given === undefined ? "?" : [...given].map(([id, value]) => `${id}=${keyOf(value)}`).join(",");
    const key = `${each.index}(${parts})${outer === undefined ? "" : `<${outer.id}`}`;
    let frame = this.known.get(key);
    if (frame === undefined) {
      frame = {
        each,
        id: this.known.size,
        depth: (outer?.depth ?? 0) + 1,
        ...(outer === undefined ? {} : { outer }),
        ...(given === undefined ? {} : { given }),
      };
      this.known.set(key, frame);
    }
    return frame;
  }

  /** The frame of a function of whose calls, and of those of the functions around it, nothing is known. */
  outermost(each: FunctionNode): Frame {
    const parent = each.facts.parent === undefined ? undefined : nodeOf(each.file, each.facts.parent);
    return this.frame(each, parent === undefined ? undefined : this.outermost(parent));
  }

  /** The frame of a function of the workspace that a call enters; `outer` where it is a closure of a frame on the way. */
  enter(from: Frame, call: CallInstruction, target: FunctionNode, outer?: Frame): Frame {
    const given = new Map<VariableId, Origins>();
    const spread = call.arguments.findIndex((argument) => argument.spread);
    target.facts.parameters.forEach((parameter, index) => {
      if (parameter.rest || (spread >= 0 && index >= spread)) given.set(parameter.variable, unknown);
      else {
        const argument = call.arguments[index];
        given.set(parameter.variable, argument === undefined ? none : this.of(from, argument.value));
      }
    });
    return this.frame(target, outer, given);
  }

  private looksOf(frame: Frame): Looks {
    let looks = this.looks.get(frame);
    if (looks === undefined) {
      looks = new Looks();
      this.looks.set(frame, looks);
    }
    return looks;
  }

  of(frame: Frame, register: number): Origins {
    const looks = this.looksOf(frame);
    const cached = looks.registers[register];
    if (cached !== undefined) return cached;
    const open = looks.openRegisters.get(register);
    if (open !== undefined) {
      this.descent.comesBackTo(open);
      return [];
    }
    return this.descent.look(
      (depth) => {
        looks.openRegisters.set(register, depth);
        const found = distinct(this.evaluate(frame, register));
        looks.openRegisters.delete(register);
        return found;
      },
      (found) => {
        looks.registers[register] = found;
      },
      () => unknown,
    );
  }

  private evaluate(frame: Frame, register: number): Origins {
    const { each } = frame;
    const one = definition(each, register);
    switch (one?.op) {
      case undefined:
        return unknown;
      case "literal":
        return one.value === null || one.value === undefined ? none : [{ kind: "constant", value: one.value }];
      case "template":
      case "array":
      case "class":
        return [{ kind: "thing" }];
      case "global":
        return one.name === "undefined" ? none : this.values(each, register);
      case "load":
        return this.variable(frame, one.variable, register);
      case "await":
        return this.of(frame, one.value).map((origin) => (isBuilder(origin) ? row : origin));
      case "object":
        return [{ kind: "object", frame, register }];
      case "closure": {
        const target = nodeOf(each.file, one.function);
        return target === undefined ? unknown : [{ kind: "closure", function: target, frame }];
      }
      case "either":
        return this.either(frame, one);
      case "get":
        return this.property(frame, one);
      case "call":
        return this.call(frame, one);
      case "operation":
        return unknown;
      default:
        return this.values(each, register);
    }
  }

  private either(frame: Frame, one: Instruction & { op: "either" }): Origins {
    const [first, second] = one.values;
    if (first === undefined || second === undefined) return unknown;
    if (one.operator === "?:") {
      const truth = one.test === undefined ? undefined : this.truth(frame, one.test);
      return one.values.flatMap((value, index) => {
        const taken = truth === undefined || truth === (index === 0);
        return taken ? this.of(frame, value) : [];
      });
    }
    const left = this.of(frame, first);
    if (one.operator === "&&")
      return truthOf(left) === false ? left : [...this.of(frame, second), ...(truthOf(left) === true ? [] : none)];
    const present = left.filter((origin) => origin.kind !== "none");
    const decided =
      left.length > 0 && present.length === left.length && !left.some(isOpen) && !isField(frame.each, first);
    return decided ? left : [...present, ...this.of(frame, second)];
  }

  private property(frame: Frame, get: Instruction & { op: "get" }): Origins {
    const { each } = frame;
    const found = this.of(frame, get.object).map((origin): Origins | undefined => {
      if (origin.kind === "object") return this.entry(origin, get.property);
      if (origin.kind !== "handle") return undefined;
      const own = (each.registers[get.dst] ?? []).filter(
        (value): value is HandleValue =>
          value.kind === "handle" &&
          (value.site === origin.handle.site || value.site.parent?.site === origin.handle.site),
      );
      const views = own.map(
        (handle): Origin => ({
          kind: "handle",
          handle,
          of: handle.descriptor.role === "query" && handle.site === origin.handle.site ? origin.of : handle,
        }),
      );
      return views.length > 0 ? views : undefined;
    });
    return found.every((one) => one !== undefined) && found.length > 0
      ? (found as readonly Origins[]).flat()
      : this.values(each, get.dst);
  }

  /** A property of an object literal of a frame. */
  entry({ frame, register }: Origin & { kind: "object" }, name: string): Origins {
    const literal = definition(frame.each, register);
    if (literal?.op !== "object" || isSetLater(frame.each, name)) return unknown;
    const found: Origin[] = [];
    // The last entry of a name wins; a spread before it does not matter.
    for (const entry of [...literal.entries].reverse()) {
      if (entry.key === name)
        return [...found, ...(entry.accessor === undefined ? this.of(frame, entry.value) : unknown)];
      if (entry.key !== undefined) continue;
      if (!entry.spread) return unknown;
      for (const origin of this.of(frame, entry.value)) {
        if (origin.kind === "object") found.push(...this.entry(origin, name));
        else if (origin.kind !== "none") found.push({ kind: "unknown" });
      }
      if (found.length > 0 && found.every((origin) => origin.kind === "handle")) return found;
      if (found.some((origin) => origin.kind === "unknown")) return unknown;
    }
    return found.length > 0 ? found : none;
  }

  private variable(frame: Frame, id: VariableId, register: number): Origins {
    const { each } = frame;
    const fact = each.file.facts.variables[id];
    if (fact === undefined || fact.kind === "import") return this.values(each, register);
    let home: Frame | undefined = frame;
    while (home !== undefined && (home.each.file !== each.file || home.each.facts.id !== fact.function))
      home = home.outer;
    if (home === undefined || home.each.facts.kind === "module") return this.values(each, register);
    const found = this.held(home, id);
    return found.length > 0 ? found : this.values(each, register);
  }

  /** What a variable of the frame's own function holds; empty where that is not known. */
  held(home: Frame, id: VariableId): Origins {
    const looks = this.looksOf(home);
    const cached = looks.variables.get(id);
    if (cached !== undefined) return cached;
    const raw = this.raw(home, id);
    const open = looks.openVariables.get(id);
    if (open !== undefined) {
      // The default of a parameter reads what it was given.
      if (raw === undefined) this.descent.comesBackTo(open);
      return raw ?? [];
    }
    return this.descent.look(
      (depth) => {
        looks.openVariables.set(id, depth);
        const found = distinct(this.stored(home, id, raw));
        looks.openVariables.delete(id);
        return found;
      },
      (found) => looks.variables.set(id, found),
      () => unknown,
    );
  }

  private stored(home: Frame, id: VariableId, raw: Origins | undefined): Origins {
    const found: Origin[] = [];
    let defaulted = false;
    const stores = storesIn(home.each, id);
    if (stores.length > 0) {
      const { blocks } = this.reach(home);
      for (const { block, value } of stores) {
        if (!blocks.has(block)) continue;
        if (isDefault(home.each, id, value)) defaulted = true;
        found.push(...this.of(home, value));
      }
    }
    if (raw !== undefined && !defaulted) found.push(...raw);
    if (isStoredElsewhere(home.each, id)) found.push({ kind: "unknown" });
    return found;
  }

  /** What a parameter is given, before its default; undefined where the variable is no parameter. */
  private raw(home: Frame, id: VariableId): Origins | undefined {
    const parameter = home.each.facts.parameters.find((one) => one.variable === id);
    if (parameter === undefined) return undefined;
    const given = home.given?.get(id);
    if (given !== undefined) return given;
    const cell = home.each.file.variables[id];
    const values = (cell?.list ?? []).map(originOf);
    return values.length === 0 || parameter.optional || parameter.rest ? [...values, { kind: "unknown" }] : values;
  }

  private call(frame: Frame, call: CallInstruction): Origins {
    const { each } = frame;
    const resolved = each.calls.get(call) ?? unresolved;
    if (resolved.driver.length > 0) {
      const receivers = this.receiver(frame, call);
      const found = relevantOf(resolved.driver, receivers).flatMap((one) => this.made(frame, call, one, receivers));
      return found.length > 0 ? found : unknown;
    }
    const targets = this.targets(frame, call);
    const [target] = targets;
    if (call.style === "new" || target === undefined || targets.length > 1 || frame.depth > 8 || resolved.builtin)
      return this.values(each, call.dst);
    if (target.function.facts.generator || this.returning >= maximumReturns) return this.values(each, call.dst);
    const inner = this.enter(frame, call, target.function, target.outer);
    const { blocks } = this.reach(inner);
    this.returning++;
    const found: Origin[] = [];
    target.function.facts.blocks.forEach((block, id) => {
      if (!blocks.has(id) || block.end.kind !== "return") return;
      found.push(...(block.end.value === undefined ? none : this.of(inner, block.end.value)));
    });
    this.returning--;
    return found.length > 0 ? found : this.values(each, call.dst);
  }

  receiver(frame: Frame, call: CallInstruction): Origins {
    return this.of(frame, call.receiver ?? call.callee);
  }

  /** What a call of a driver hands out. */
  private made(frame: Frame, call: CallInstruction, one: DriverCall, receivers: Origins): Origins {
    for (const effect of one.effects) {
      if (effect.does === "moves to" || effect.does === "passes through" || effect.does === "wraps") {
        const slots = handleSlots(call, effect.handle);
        const found = slots.flatMap(({ register, property }) => this.slot(frame, register, property));
        const handles = found.filter((origin) => origin.kind !== "none" && origin.kind !== "thing");
        if (handles.length > 0 && (effect.does !== "wraps" || handles.every(isNoPool))) return handles;
        if (effect.does === "passes through") return unknown;
      }
    }
    const { result } = one;
    if (result === undefined) return [row];
    const view = returnsSame(one.signature.returns) || result.descriptor.role === "query";
    if (!view || result.site.kind === "acquires" || result.site.kind === "begins") return [whole(result)];
    // A view has the site of what it was taken from, which this way may know better.
    return receivers.map((origin) => {
      if (origin.kind !== "handle") return origin.kind === "unknown" ? origin : whole(result);
      const handle = { ...result, site: origin.handle.site };
      return { kind: "handle", handle, of: result.descriptor.role === "query" ? origin.of : handle };
    });
  }

  /** What stands in a slot of a call. */
  slot(frame: Frame, register: number, property: string | undefined): Origins {
    const origins = this.of(frame, register);
    if (property === undefined) return origins;
    return origins.flatMap((origin): Origins => {
      if (origin.kind === "object") return this.entry(origin, property);
      return origin.kind === "unknown" || origin.kind === "handle" ? unknown : none;
    });
  }

  /** The functions that a call enters on this way; a callback parameter is what the way hands over. */
  targets(frame: Frame, call: CallInstruction): readonly { readonly function: FunctionNode; readonly outer?: Frame }[] {
    const { targets, builtin } = frame.each.calls.get(call) ?? unresolved;
    if (targets.length === 0) return [];
    if (builtin)
      return targets.map((target) => {
        const outer = this.home(frame, target);
        return { function: target, ...(outer === undefined ? {} : { outer }) };
      });
    const callee = this.of(frame, call.callee);
    const closures = callee.flatMap((origin) =>
      origin.kind === "closure" && targets.includes(origin.function) ? [origin] : [],
    );
    if (closures.length === 0) {
      return call.style === "new" || definition(frame.each, call.callee)?.op !== "load"
        ? targets.map((target) => ({ function: target }))
        : targets.length === 1
          ? [{ function: targets[0] as FunctionNode }]
          : [];
    }
    return closures.map((origin) => {
      const outer = origin.frame ?? this.home(frame, origin.function);
      return { function: origin.function, ...(outer === undefined ? {} : { outer }) };
    });
  }

  /** The frame, on this way, of the function that a closure is written in. */
  home(frame: Frame, target: FunctionNode): Frame | undefined {
    for (let at: Frame | undefined = frame; at !== undefined; at = at.outer)
      if (at.each.file === target.file && at.each.facts.id === target.facts.parent) return at;
    return undefined;
  }

  /** The blocks that this way can reach. */
  reach(frame: Frame): Reach {
    const looks = this.looksOf(frame);
    if (looks.reach !== undefined) return looks.reach;
    if (looks.openReach !== undefined) {
      // A condition that hangs on a variable whose stores hang on the condition: all of it may run.
      this.descent.comesBackTo(looks.openReach);
      return wholeOf(frame.each);
    }
    return this.descent.look(
      (depth) => {
        looks.openReach = depth;
        const decides = (test: number): boolean | undefined => this.truth(frame, test);
        const blocks = blocksReached(frame.each, "paths", decides);
        const normal = blocksReached(frame.each, "no exceptions", decides);
        looks.openReach = undefined;
        return { blocks, failing: new Set([...blocks].filter((block) => !normal.has(block))) };
      },
      (reach) => {
        looks.reach = reach;
      },
      () => wholeOf(frame.each),
    );
  }

  /** Whether a register is certainly truthy or falsy on this way. */
  truth(frame: Frame, register: number): boolean | undefined {
    return truthAt(frame.each, register, (one) => this.of(frame, one));
  }

  private values(each: FunctionNode, register: number): Origins {
    const values = each.registers[register] ?? [];
    return values.length === 0 ? unknown : values.map(originOf);
  }
}
