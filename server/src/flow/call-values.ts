import type { CallInstruction } from "../core/facts.ts";
import type { Binding, Outcome } from "./binding.ts";
import type { Builtins } from "./builtins.ts";
import { inherited, overload, type Resolved, unresolved } from "./calls.ts";
import type { DeclaredTypes } from "./declared-types.ts";
import type { DriverCalls } from "./driver-calls.ts";
import type { Fields } from "./fields.ts";
import type { Flow } from "./flow.ts";
import { entering, isContextManager } from "./managers.ts";
import { type FunctionNode, nodeOf } from "./program.ts";
import type { PythonBuiltins } from "./python-builtins.ts";
import { definition, labelOf } from "./text.ts";
import { type ClassNode, nothing, type Site, union, type Value, type Values } from "./values.ts";

/** The field of a context manager that holds what it hands out. */
const entered = "__enter__";

/** Whether a call of a class makes an instance. In Python every call of one does. */
const constructs = (each: FunctionNode, call: CallInstruction): boolean =>
  call.style === "new" || each.file.facts.language === "python";

const none: readonly never[] = [];
const builtin: Resolved = { ...unresolved, builtin: true };

/** What is kept of a call for as long as its function is: most calls lead nowhere. */
function resolvedOf({ targets, driver, external, builtin: isBuiltin }: Outcome): Resolved {
  if (targets.length === 0 && driver.length === 0 && external.length === 0) return isBuiltin ? builtin : unresolved;
  return {
    targets: targets.length > 0 ? targets : none,
    driver: driver.length > 0 ? driver : none,
    external: external.length > 0 ? external : none,
    builtin: isBuiltin,
  };
}

/** A decorator of so many functions that what it makes of one of them is not known to call that one: the function has to stand beside it. */
const isForMany = ({ facts, file }: FunctionNode): boolean =>
  file.variables[facts.parameters[0]?.variable ?? -1]?.isCrowded === true;

/** Calls → values: enters whatever the callee may be. */
export class Calls {
  constructor(
    private readonly flow: Flow,
    private readonly fields: Fields,
    private readonly types: DeclaredTypes,
    private readonly binding: Binding,
    private readonly drivers: DriverCalls,
    private readonly builtins: Builtins,
    private readonly python: PythonBuiltins,
  ) {}

  call(each: FunctionNode, registers: readonly Values[], call: CallInstruction): Values {
    const args = call.arguments.map((argument) => registers[argument.value] ?? nothing);
    const callees = registers[call.callee] ?? nothing;
    const receivers = call.receiver === undefined ? nothing : (registers[call.receiver] ?? nothing);
    const outcome: Outcome = { targets: [], driver: [], external: [], builtin: false, values: [] };
    if (this.superCall(each, call, args, outcome)) {
      each.calls.set(call, resolvedOf(outcome));
      return nothing;
    }
    for (const callee of callees) this.enter(each, call, callee, receivers, args, outcome);
    if (call.property !== undefined && entering.has(call.property)) {
      this.enterManagers(each, receivers, callees, outcome);
      outcome.builtin = true;
    } else if (
      each.file.facts.language === "python" &&
      this.python.builtin(each, call, callees, receivers, args, outcome)
    ) {
      outcome.builtin = true;
      // `os` does work outside the database, too; what `os.getenv()` gives is known better.
      const told = outcome.values.filter((values) => !values.every(({ kind }) => kind === "external"));
      if (told.length > 0) outcome.values.splice(0, outcome.values.length, ...told);
    } else if (
      callees.length === 0 ||
      callees.every((callee) => callee.kind === "global" || callee.kind === "external")
    ) {
      if (this.builtins.builtin(each, call, receivers, args, outcome)) outcome.builtin = true;
      else this.strange(each, args, outcome);
    }
    each.calls.set(call, resolvedOf(outcome));
    if (call.style === "decorator" && each.file.facts.language === "python") {
      const wrappers = outcome.values.filter((values) => values.some(({ kind }) => kind === "closure"));
      if (wrappers.length > 0 && !outcome.targets.some(isForMany)) return union(wrappers);
      return union([...wrappers, (args[0] ?? nothing).filter(({ kind }) => kind === "closure")]);
    }
    return union(outcome.values);
  }

  /** `with value as v`: v is what the manager hands out; where nothing says otherwise, the value itself. */
  private enterManagers(each: FunctionNode, receivers: Values, callees: Values, outcome: Outcome): void {
    for (const value of receivers) {
      if (value.kind === "object") outcome.values.push(this.flow.read(this.fields.field(value, entered), each));
      else if (value.kind === "external") outcome.values.push([this.flow.interner.within(value, "()")]);
      else if (callees.length === 0) outcome.values.push([value]);
    }
  }

  private enter(
    each: FunctionNode,
    call: CallInstruction,
    callee: Value,
    receivers: Values,
    args: readonly Values[],
    outcome: Outcome,
  ): void {
    switch (callee.kind) {
      case "closure":
        this.binding.bind(each, call, callee.function, args, receivers, outcome);
        // A context manager's function yields nothing to whoever calls it: `with` gets that.
        if (isContextManager(callee.function.facts)) {
          const manager = this.fields.object(each, call.dst, false);
          this.flow.grow(this.fields.field(manager, entered), outcome.values.pop() ?? nothing);
          outcome.values.push([manager]);
        }
        return;
      case "class":
        if (!constructs(each, call)) return;
        callee.class.constructions.set(call, each);
        each.file.constructing.add(callee.class);
        this.construct(each, call, callee.class, args, outcome);
        return;
      case "driver class": {
        const isMade = constructs(each, call);
        const member = inherited(callee.driver, callee.type, isMade ? "new" : "call");
        const made = member ?? (isMade ? { returns: callee.type } : undefined);
        if (made !== undefined)
          this.drivers.apply(each, call, callee.driver, callee.type, made, undefined, args, outcome, callee.type);
        return;
      }
      case "handle": {
        const member =
          call.style === "tag"
            ? (inherited(callee.driver, callee.type, "tag") ?? inherited(callee.driver, callee.type, "call"))
            : inherited(callee.driver, callee.type, "call");
        if (member !== undefined)
          this.drivers.apply(each, call, callee.driver, callee.type, member, callee, args, outcome);
        return;
      }
      case "instance": {
        const base = callee.class.base;
        if (base !== undefined) this.enter(each, call, base, receivers, args, outcome);
        return;
      }
      case "member":
        this.drivers.apply(each, call, callee.driver, callee.name, callee.member, callee.receiver, args, outcome);
        return;
      case "typed":
        if (callee.type.kind === "function" && callee.type.returns !== undefined) {
          outcome.values.push(
            this.types.of(callee.file, callee.type.returns, `y${each.index}.${labelOf(each, call.dst)}`),
          );
        }
        return;
      case "external":
        outcome.external.push(callee);
        outcome.values.push([this.flow.interner.within(callee, call.style === "new" ? "new" : "()")]);
        return;
      case "global":
        outcome.external.push(callee);
        return;
      default:
        return;
    }
  }

  private superCall(each: FunctionNode, call: CallInstruction, args: readonly Values[], outcome: Outcome): boolean {
    if (call.style !== "call" || call.receiver !== undefined || definition(each, call.callee)?.op !== "super")
      return false;
    const owner = each.facts.class === undefined ? undefined : each.file.classes[each.facts.class];
    if (owner === undefined) return true;
    for (const base of this.flow.read(this.fields.heritage(owner), each)) {
      if (base.kind === "class") this.construct(each, call, base.class, args, outcome);
      if (base.kind === "driver class" && owner.base !== undefined) {
        const member = inherited(base.driver, base.type, "new");
        const signature =
          member === undefined ? undefined : overload(member, call, this.drivers.argumentValues(args, each));
        if (signature !== undefined) {
          this.drivers.wrapBase(owner.base, signature, call, args, each);
          outcome.driver.push({
            driver: base.driver,
            name: base.type,
            signature,
            effects: signature.effects ?? [],
            result: owner.base,
            callbacks: [],
          });
        }
      }
    }
    return true;
  }

  private construct(
    each: FunctionNode,
    call: CallInstruction,
    node: ClassNode,
    args: readonly Values[],
    outcome: Outcome,
  ): void {
    let owner: ClassNode | undefined = node;
    for (let depth = 0; owner !== undefined && depth < 8; depth++) {
      this.flow.read(this.fields.heritage(owner), each);
      const id: number | undefined = owner.facts.constructorFunction;
      const target = id === undefined ? undefined : nodeOf(owner.file, id);
      if (target !== undefined) {
        outcome.targets.push(target);
        this.binding.called(target, call, each);
        this.binding.pass(target, args, call, each);
        break;
      }
      owner = [...owner.superclasses][0];
    }
    if (node.base !== undefined && owner === undefined) {
      const member = inherited(node.base.driver, node.base.type, "new");
      const signature =
        member === undefined ? undefined : overload(member, call, this.drivers.argumentValues(args, each));
      if (signature !== undefined) {
        outcome.driver.push({
          driver: node.base.driver,
          name: node.base.type,
          signature,
          effects: signature.effects ?? [],
          result: node.base,
          callbacks: [],
        });
      }
    }
    outcome.values.push([this.flow.interner.instance(node)]);
  }

  /** A callee that is not in sight: it may keep what it is given, and call what it is given. */
  private strange(each: FunctionNode, args: readonly Values[], outcome: Outcome): void {
    for (const values of args) {
      for (const value of values) {
        if (value.kind === "closure") {
          // Memoisers, retries and singletons of other packages return what their callback made.
          outcome.values.push(
            this.flow
              .read(value.function.returns, each)
              .filter((one) => one.kind === "handle" || one.kind === "instance"),
          );
        }
        if (value.kind === "handle") this.escaped(each, value.site);
        if (value.kind === "instance" && value.class.base !== undefined) this.escaped(each, value.class.base.site);
      }
    }
  }

  private escaped({ file }: FunctionNode, site: Site): void {
    this.flow.note(file.escaped, site);
    file.escaped.add(site);
  }
}
