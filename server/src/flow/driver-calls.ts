import type { Driver, Effect, Member, OptionDescriptor, Signature, Slot, TypeName } from "../core/driver.ts";
import type { CallInstruction } from "../core/facts.ts";
import type { Binding, Outcome } from "./binding.ts";
import { type ArgumentValues, argumentIndex, isA, overload, returnedType, returnsSame } from "./calls.ts";
import type { Flow } from "./flow.ts";
import { type FunctionNode, nodeOf } from "./program.ts";
import type { Properties } from "./properties.ts";
import { labelOf } from "./text.ts";
import { distinct, firstHandle, type HandleValue, nothing, type Site, type Value, type Values } from "./values.ts";

/** Calls of drivers: the overload is chosen, handles are made, callbacks are given what the library hands them. */
export class DriverCalls {
  constructor(
    private readonly flow: Flow,
    private readonly properties: Properties,
    private readonly binding: Binding,
  ) {}

  /** A call of a driver: makes handles, feeds callbacks. */
  apply(
    each: FunctionNode,
    call: CallInstruction,
    driver: Driver,
    name: string,
    member: Member,
    receiver: HandleValue | undefined,
    args: readonly Values[],
    outcome: Outcome,
    constructed?: TypeName,
  ): void {
    const signature = overload(member, call, this.argumentValues(args, each));
    if (signature === undefined) return;
    const effects = signature.effects ?? [];
    const callbacks: FunctionNode[] = [];
    const result = this.made(each, call, driver, signature, effects, receiver, args, constructed);
    this.feed(each, call, driver, signature, effects, receiver, result, args, callbacks, outcome);
    this.feedHooks(each, call, driver, effects, result, args);
    outcome.driver.push({
      driver,
      name,
      signature,
      effects,
      callbacks,
      ...(receiver === undefined ? {} : { receiver }),
      ...(result === undefined ? {} : { result }),
    });
    if (result !== undefined) outcome.values.push([result]);
    for (const effect of effects) {
      if (effect.does === "reads environment") outcome.values.push(this.variables(effect.name, call, args));
      if (effect.does !== "passes through") continue;
      const index = argumentIndex(effect.handle, call);
      if (index !== undefined) outcome.values.push(args[index] ?? nothing);
    }
  }

  /** The environment variables that the constants in a slot name. */
  private variables(slot: Slot, call: CallInstruction, args: readonly Values[]): Values {
    const index = argumentIndex(slot, call);
    return distinct(
      (index === undefined ? nothing : (args[index] ?? nothing)).flatMap((value) =>
        value.kind === "constant" && typeof value.value === "string"
          ? [this.flow.interner.environment(value.value)]
          : [],
      ),
    );
  }

  private made(
    each: FunctionNode,
    call: CallInstruction,
    driver: Driver,
    signature: Signature,
    effects: readonly Effect[],
    receiver: HandleValue | undefined,
    args: readonly Values[],
    constructed: TypeName | undefined,
  ): HandleValue | undefined {
    const returns = signature.returns ?? constructed;
    if (returns === undefined) return undefined;
    const type = returnedType(returns);
    const role = driver.types[type]?.role;
    const at = (kind: Site["kind"], parent: HandleValue | undefined): HandleValue | undefined =>
      this.flow.interner.handle(
        driver,
        type,
        this.flow.interner.site(`${kind} ${each.index} ${labelOf(each, call.dst)}`, () => ({
          kind,
          place: { path: each.file.path, span: call.span },
          function: each,
          call,
          ...(parent === undefined ? {} : { parent }),
        })),
      );
    for (const effect of effects) {
      switch (effect.does) {
        case "wraps": {
          const inner = this.inSlot(effect.handle, call, args, receiver, each);
          if (inner !== undefined) return at("wraps", inner);
          if (!effects.some((one) => one.does === "opens")) return at("wraps", undefined);
          break;
        }
        case "opens":
          return at("opens", undefined);
        case "acquires":
          return at("acquires", receiver);
        case "begins":
          if (effect.handle === "result") return at("begins", receiver);
          break;
        case "moves to": {
          const target = this.inSlot(effect.handle, call, args, receiver, each);
          if (target !== undefined) return this.flow.interner.handle(driver, type, target.site);
          break;
        }
        default:
          break;
      }
    }
    if (receiver !== undefined && (returnsSame(returns) || role === "query")) {
      const kept =
        returnsSame(returns) && receiver.driver === driver && isA(driver, receiver.type, type) ? receiver.type : type;
      return this.flow.interner.handle(driver, kept, receiver.site);
    }
    return at("derived", receiver);
  }

  argumentValues(args: readonly Values[], reader: FunctionNode): ArgumentValues {
    return (index, property) => this.properties.dotted(args[index] ?? nothing, property, reader);
  }

  /** The handle that stands in a slot of a call. */
  inSlot(
    slot: Slot,
    call: CallInstruction,
    args: readonly Values[],
    receiver: HandleValue | undefined,
    each: FunctionNode,
  ): HandleValue | undefined {
    if (slot === "receiver") return receiver;
    if (typeof slot === "string") return undefined;
    if ("property" in slot) {
      const indexes = typeof slot.argument === "number" ? [slot.argument] : call.arguments.map((_, index) => index);
      for (const index of indexes) {
        const handle = this.handleIn(this.properties.dotted(args[index] ?? nothing, slot.property, each), each);
        if (handle !== undefined) return handle;
      }
      return undefined;
    }
    const index = argumentIndex(slot, call);
    return index === undefined ? undefined : this.handleIn(args[index] ?? nothing, each);
  }

  /** A handle among values, or what a function among them returns. */
  private handleIn(values: Values, reader: FunctionNode): HandleValue | undefined {
    const direct = firstHandle(values);
    if (direct !== undefined) return direct;
    for (const value of values) {
      if (value.kind !== "closure") continue;
      const returned = firstHandle(this.flow.read(value.function.returns, reader));
      if (returned !== undefined) return returned;
    }
    return undefined;
  }

  private feed(
    each: FunctionNode,
    call: CallInstruction,
    driver: Driver,
    signature: Signature,
    effects: readonly Effect[],
    receiver: HandleValue | undefined,
    result: HandleValue | undefined,
    args: readonly Values[],
    callbacks: FunctionNode[],
    outcome: Outcome,
  ): void {
    const slots = new Set<Slot>();
    for (const effect of effects) if ("callback" in effect) slots.add(effect.callback);
    for (const one of signature.calls ?? []) slots.add(one.callback);
    const kind: Site["kind"] = effects.some((effect) => effect.does === "acquires")
      ? "acquires"
      : effects.some((effect) => effect.does === "runs in transaction")
        ? "callback"
        : "derived";
    for (const slot of slots) {
      const types =
        signature.calls?.find((one) => one.callback === slot || JSON.stringify(one.callback) === JSON.stringify(slot))
          ?.with ?? [];
      const handed: Values[] = types.map((type) => {
        if (type === undefined) return nothing;
        if (kind === "acquires" && result !== undefined)
          return wrap(this.flow.interner.handle(driver, type, result.site));
        const site = this.flow.interner.site(`${kind} ${each.index} ${labelOf(each, call.dst)}`, () => ({
          kind,
          place: { path: each.file.path, span: call.span },
          function: each,
          call,
          ...(receiver === undefined ? {} : { parent: receiver }),
        }));
        return wrap(this.flow.interner.handle(driver, type, site));
      });
      for (const target of this.functionsIn(slot, call, args, each)) {
        callbacks.push(target);
        this.binding.pass(target, handed, undefined, each);
        this.binding.called(target, call, each);
        if (signature.returns === undefined) outcome.values.push(this.flow.read(target.returns, each));
      }
    }
  }

  /** `new Pool({ onConnect })`: a function in an option is called with every new connection. */
  private feedHooks(
    each: FunctionNode,
    call: CallInstruction,
    driver: Driver,
    effects: readonly Effect[],
    result: HandleValue | undefined,
    args: readonly Values[],
  ): void {
    for (const effect of effects) {
      if (effect.does !== "opens" && effect.does !== "wraps" && effect.does !== "configures") continue;
      const prefix = effect.does === "configures" ? `${effect.path}.` : "";
      const index = effect.does === "wraps" ? 0 : effect.options;
      const options = typeof index === "number" ? (args[index] ?? nothing) : nothing;
      for (const [path, option] of hooksOf(driver)) {
        if (!path.startsWith(prefix)) continue;
        if (index === "keywords") {
          const at = call.arguments.findIndex(({ keyword }) => keyword === path);
          for (const value of args[at] ?? nothing) {
            if (value.kind === "closure") this.feedHook(each, call, driver, path, option, result, value.function);
          }
        }
        for (const value of this.properties.dotted(options, path.slice(prefix.length), each)) {
          if (value.kind === "closure") this.feedHook(each, call, driver, path, option, result, value.function);
        }
      }
    }
  }

  private feedHook(
    each: FunctionNode,
    call: CallInstruction,
    driver: Driver,
    path: string,
    option: OptionDescriptor,
    result: HandleValue | undefined,
    target: FunctionNode,
  ): void {
    const site = this.flow.interner.site(`hook ${each.index} ${labelOf(each, call.dst)} ${path}`, () => ({
      kind: "hook",
      place: { path: target.file.path, span: target.facts.nameSpan ?? target.facts.span },
      function: each,
      call,
      ...(result === undefined ? {} : { parent: result }),
    }));
    const handed = (option.handed ?? []).map((type) =>
      type === undefined ? nothing : wrap(this.flow.interner.handle(driver, type, site)),
    );
    this.binding.pass(target, handed, undefined, each);
    this.binding.called(target, call, each);
  }

  private functionsIn(slot: Slot, call: CallInstruction, args: readonly Values[], each: FunctionNode): FunctionNode[] {
    if (slot === "decorated") return decorated(each, call);
    if (typeof slot === "string") return [];
    const index = argumentIndex(slot, call);
    let values: Values = index === undefined ? nothing : (args[index] ?? nothing);
    if ("property" in slot) values = this.properties.dotted(values, slot.property, each);
    return values.flatMap((value) => (value.kind === "closure" ? [value.function] : []));
  }

  /** `super({ adapter })`: the class stands on a pool that was opened elsewhere. */
  wrapBase(
    base: HandleValue,
    signature: Signature,
    call: CallInstruction,
    args: readonly Values[],
    each: FunctionNode,
  ): void {
    for (const effect of signature.effects ?? []) {
      if (effect.does !== "wraps") continue;
      const inner = this.inSlot(effect.handle, call, args, undefined, each);
      if (inner === undefined || inner.site === base.site) continue;
      this.flow.note(base.site, inner);
      Object.assign(base.site, { kind: "wraps", parent: inner });
    }
  }
}

const hooks = new WeakMap<Driver, readonly (readonly [string, OptionDescriptor])[]>();

/** The options of a driver that hold functions for new connections. */
function hooksOf(driver: Driver): readonly (readonly [string, OptionDescriptor])[] {
  let found = hooks.get(driver);
  if (found === undefined) {
    found = Object.entries(driver.options).filter(([, option]) => option.handed !== undefined);
    hooks.set(driver, found);
  }
  return found;
}

/** The method that a decorator's call stands on. */
function decorated(each: FunctionNode, call: CallInstruction): FunctionNode[] {
  for (const node of each.file.facts.classes) {
    for (const member of node.members) {
      const stands = member.decorators.some(({ span }) => span.start <= call.span.start && call.span.end <= span.end);
      const target = stands && member.function !== undefined ? nodeOf(each.file, member.function) : undefined;
      if (target !== undefined) return [target];
    }
  }
  return [];
}

const wrap = (value: Value | undefined): Values => (value === undefined ? nothing : [value]);
