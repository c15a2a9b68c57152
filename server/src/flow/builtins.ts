import type { CallInstruction } from "../core/facts.ts";
import type { Binding, Outcome } from "./binding.ts";
import type { Fields } from "./fields.ts";
import type { Flow } from "./flow.ts";
import type { FunctionNode } from "./program.ts";
import { distinct, type ExternalValue, nothing, type Values } from "./values.ts";

/** Constructs of the language that hand values on: promises, collections, `then` and `catch`, `bind`, `call` and `apply`. */
export class Builtins {
  constructor(
    private readonly flow: Flow,
    private readonly fields: Fields,
    private readonly binding: Binding,
  ) {}

  /** Constructs of the language that hand values on. False where the call is none of them. */
  builtin(
    each: FunctionNode,
    call: CallInstruction,
    receivers: Values,
    args: readonly Values[],
    outcome: Outcome,
  ): boolean {
    const callee = outcome.external[0];
    if (call.style === "new" && callee?.kind === "external" && isContextClass(callee)) {
      const made = this.fields.object(each, call.dst, false);
      this.fields.field(made, contextField);
      outcome.values.push([made]);
      return true;
    }
    if (callee?.kind === "global") {
      const name = callee.path.join(".");
      if (call.style === "new" && collections.has(name)) {
        const made = this.fields.object(each, call.dst, name === "Array");
        this.flow.grow(
          this.fields.field(made, "[]"),
          this.fields.elements(this.fields.elements(args[0] ?? nothing, undefined, each), 1, each),
        );
        outcome.values.push([made]);
        return true;
      }
      if (combinators.has(name)) {
        const made = this.fields.object(each, call.dst, true);
        for (const value of args[0] ?? nothing) {
          if (value.kind !== "object") continue;
          this.flow.grow(this.fields.field(made, "[]"), this.flow.read(this.fields.field(value, "[]"), each));
          for (let index = 0; index < 8; index++) {
            const cell = this.fields.known(value, `#${index}`);
            if (cell !== undefined) this.flow.grow(this.fields.field(made, `#${index}`), this.flow.read(cell, each));
          }
        }
        outcome.values.push(
          name === "Promise.race" || name === "Promise.any" ? this.fields.elements([made], undefined, each) : [made],
        );
        return true;
      }
      if (identities.has(name)) {
        outcome.values.push(args[0] ?? nothing);
        if (name === "Object.assign") {
          for (const target of args[0] ?? nothing) {
            if (target.kind === "object") for (const source of args.slice(1)) this.fields.spread(target, source);
          }
        }
        return true;
      }
      if (name === "util.promisify") {
        const promised = (args[0] ?? nothing).map((value) =>
          value.kind === "external" ? this.flow.interner.external(value.module, ["promises", ...value.path]) : value,
        );
        outcome.values.push(distinct(promised));
        return true;
      }
      if (harmless.has(name.split(".")[0] as string)) return true;
    }
    return this.builtinMethod(each, call, receivers, args, outcome);
  }

  private builtinMethod(
    each: FunctionNode,
    call: CallInstruction,
    receivers: Values,
    args: readonly Values[],
    outcome: Outcome,
  ): boolean {
    const functions = (index: number): FunctionNode[] =>
      (args[index] ?? nothing).flatMap((value) => (value.kind === "closure" ? [value.function] : []));
    const run = (target: FunctionNode, handed: Values[]): void => {
      this.binding.pass(target, handed, undefined, each);
      this.binding.called(target, call, each);
      outcome.targets.push(target);
    };
    switch (call.property) {
      case "then":
        for (const target of functions(0)) {
          run(target, [receivers]);
          outcome.values.push(this.flow.read(target.returns, each));
        }
        if (args.length === 0 || functions(0).length === 0) outcome.values.push(receivers);
        return true;
      case "catch":
      case "finally":
        for (const target of [...functions(0), ...functions(1)]) {
          run(target, []);
          if (call.property === "catch") outcome.values.push(this.flow.read(target.returns, each));
        }
        outcome.values.push(receivers);
        return true;
      case "run":
      case "enterWith":
      case "getStore":
      case "exit":
        return this.contextMethod(each, call, receivers, args, outcome, functions, run);
      case "bind":
      case "call":
      case "apply":
        for (const value of receivers) {
          if (call.property === "bind") {
            outcome.values.push([value]);
            if (value.kind === "closure" && value.function.facts.class === undefined)
              this.flow.grow(value.function.receiver, args[0] ?? nothing);
          } else if (value.kind === "closure") {
            const rest = call.property === "call" ? args.slice(1) : [this.fields.elements(args[1] ?? nothing, 0, each)];
            this.binding.bind(each, { ...call, arguments: [] }, value.function, rest, args[0] ?? nothing, outcome);
          }
        }
        return receivers.length > 0;
      default:
        return this.collectionMethod(each, call, receivers, args, outcome, functions, run);
    }
  }

  /** `new AsyncLocalStorage()`: what it is run with is what `getStore()` gives. */
  private contextMethod(
    each: FunctionNode,
    call: CallInstruction,
    receivers: Values,
    args: readonly Values[],
    outcome: Outcome,
    functions: (index: number) => FunctionNode[],
    run: (target: FunctionNode, handed: Values[]) => void,
  ): boolean {
    const contexts = receivers.filter((value) => value.kind === "object" && this.isContext(value));
    if (contexts.length === 0) return false;
    switch (call.property) {
      case "run":
      case "enterWith":
        this.fields.assign(contexts, contextField, args[0] ?? nothing);
        break;
      case "getStore":
        for (const context of contexts)
          outcome.values.push(this.flow.read(this.fields.field(context, contextField), each));
        break;
    }
    const first = call.property === "run" ? 1 : 0;
    if (call.property === "run" || call.property === "exit") {
      for (const target of functions(first)) {
        run(target, args.slice(first + 1));
        outcome.values.push(this.flow.read(target.returns, each));
      }
    }
    return true;
  }

  private isContext(value: object): boolean {
    return this.fields.known(value, contextField) !== undefined;
  }

  private collectionMethod(
    each: FunctionNode,
    call: CallInstruction,
    receivers: Values,
    args: readonly Values[],
    outcome: Outcome,
    functions: (index: number) => FunctionNode[],
    run: (target: FunctionNode, handed: Values[]) => void,
  ): boolean {
    const property = call.property;
    if (property === undefined) return false;
    if (iterations.has(property) && functions(0).length > 0) {
      const handed = this.fields.elements(receivers, undefined, each);
      const made = this.fields.object(each, call.dst, true);
      for (const target of functions(0)) {
        run(target, property === "reduce" ? [nothing, handed] : [handed]);
        this.flow.grow(
          this.fields.field(made, "[]"),
          property === "filter" ? handed : this.flow.read(target.returns, each),
        );
      }
      if (property === "find" || property === "findLast") outcome.values.push(handed);
      else if (property === "reduce") outcome.values.push(this.flow.read(this.fields.field(made, "[]"), each));
      else if (property !== "forEach") outcome.values.push([made]);
      return true;
    }
    if (!receivers.some((value) => value.kind === "object")) return false;
    switch (property) {
      case "get":
      case "at":
      case "pop":
      case "shift":
        outcome.values.push(this.fields.elements(receivers, undefined, each));
        return true;
      case "values":
      case "slice":
      case "reverse":
      case "concat":
        outcome.values.push(receivers);
        return true;
      case "set":
        this.fields.assign(receivers, "[]", args[1] ?? nothing);
        outcome.values.push(receivers);
        return true;
      case "push":
      case "unshift":
      case "add":
        for (const values of args) this.fields.assign(receivers, "[]", values);
        return true;
      case "has":
      case "delete":
      case "clear":
      case "includes":
      case "join":
        return true;
      default:
        return false;
    }
  }
}

const isContextClass = ({ module, path }: ExternalValue): boolean =>
  module === "async_hooks" && path.at(-1) === "AsyncLocalStorage";

const collections = new Set(["Map", "WeakMap", "Set", "WeakSet", "Array"]);

/** The field that stands for what an AsyncLocalStorage holds. */
const contextField = "#context";

const combinators = new Set(["Promise.all", "Promise.allSettled", "Promise.race", "Promise.any"]);

const identities = new Set([
  "Promise.resolve",
  "Object.freeze",
  "Object.seal",
  "Object.assign",
  "structuredClone",
  "Proxy",
]);

const harmless = new Set([
  "console",
  "Math",
  "Date",
  "JSON",
  "Number",
  "String",
  "Boolean",
  "Symbol",
  "BigInt",
  "parseInt",
  "parseFloat",
  "Error",
]);

/** Names of the runtime that these constructs are known by. */
export const builtinNames: readonly string[] = [...collections, ...combinators, ...identities, ...harmless];

const iterations = new Set(["map", "forEach", "filter", "find", "findLast", "flatMap", "some", "every", "reduce"]);
