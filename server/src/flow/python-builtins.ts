import type { CallInstruction } from "../core/facts.ts";
import type { Binding, Outcome } from "./binding.ts";
import type { Fields } from "./fields.ts";
import type { Flow } from "./flow.ts";
import type { FunctionNode } from "./program.ts";
import type { Properties } from "./properties.ts";
import { nothing, union, type Values } from "./values.ts";

/** What Python and its standard library hand on: collections, the environment, tasks and threads. */
export class PythonBuiltins {
  constructor(
    private readonly flow: Flow,
    private readonly fields: Fields,
    private readonly binding: Binding,
    private readonly properties: Properties,
  ) {}

  /** False where the call is none of them. */
  builtin(
    each: FunctionNode,
    call: CallInstruction,
    callees: Values,
    receivers: Values,
    args: readonly Values[],
    outcome: Outcome,
  ): boolean {
    const [name] = callees.flatMap((callee) => (callee.kind === "global" ? [callee.path.join(".")] : []));
    if (name !== undefined && this.named(name, each, call, args, outcome)) return true;
    if (call.property === "get" && receivers.some(isEnvironment)) return this.environment(args, outcome);
    if (callees.some(({ kind }) => kind !== "external" && kind !== "global")) return false;
    return this.method(each, call, receivers, args, outcome);
  }

  private named(
    name: string,
    each: FunctionNode,
    call: CallInstruction,
    args: readonly Values[],
    outcome: Outcome,
  ): boolean {
    const [first = nothing, second = nothing] = args;
    if (identities.has(name)) {
      outcome.values.push(first);
      return true;
    }
    if (harmless.has(name)) return true;
    switch (name) {
      case "os.getenv":
      case "os.environ.get":
        return this.environment(args, outcome);
      case "next":
      case "anext":
      case "max":
      case "min":
        outcome.values.push(this.fields.elements(first, undefined, each));
        return true;
      case "enumerate":
        outcome.values.push(this.pairs(each, call, [nothing, this.fields.elements(first, undefined, each)]));
        return true;
      case "zip":
        outcome.values.push(
          this.pairs(
            each,
            call,
            args.map((values) => this.fields.elements(values, undefined, each)),
          ),
        );
        return true;
      case "map":
        this.run(each, call, first, [this.fields.elements(second, undefined, each)], outcome);
        outcome.values.push([this.collection(each, call, outcome.values.splice(0))]);
        return true;
      case "filter":
        this.run(each, call, first, [this.fields.elements(second, undefined, each)], outcome);
        outcome.values.splice(0);
        outcome.values.push(second);
        return true;
      case "asyncio.gather":
        outcome.values.push([this.collection(each, call, this.positional(each, call, args))]);
        return true;
      case "asyncio.to_thread":
      case "anyio.to_thread.run_sync":
      case "atexit.register":
        this.run(each, call, first, args.slice(1), outcome);
        return true;
      case "threading.Thread": {
        const target = args[call.arguments.findIndex(({ keyword }) => keyword === "target")] ?? nothing;
        const given = args[call.arguments.findIndex(({ keyword }) => keyword === "args")] ?? nothing;
        const handed = [0, 1, 2, 3].map((index) => this.fields.elements(given, index, each));
        this.run(each, call, target, handed, outcome);
        outcome.values.splice(0);
        return true;
      }
      default:
        return false;
    }
  }

  /** `os.environ.get("NAME", "default")`. */
  private environment(args: readonly Values[], outcome: Outcome): boolean {
    const [first = nothing, second = nothing] = args;
    for (const one of first) {
      if (one.kind === "constant" && typeof one.value === "string")
        outcome.values.push([this.flow.interner.environment(one.value)]);
    }
    outcome.values.push(second);
    return true;
  }

  private method(
    each: FunctionNode,
    call: CallInstruction,
    receivers: Values,
    args: readonly Values[],
    outcome: Outcome,
  ): boolean {
    const [first = nothing, second = nothing] = args;
    if (call.property === "run_in_executor" || call.property === "submit") {
      const [target, given] = call.property === "submit" ? [first, args.slice(1)] : [second, args.slice(2)];
      if (!target.some(({ kind }) => kind === "closure")) return false;
      this.run(each, call, target, given, outcome);
      return true;
    }
    if (call.property === "run_until_complete" || call.property === "create_task") {
      outcome.values.push(first);
      return true;
    }
    if (call.property !== undefined && trimming.has(call.property)) {
      const texts = receivers.filter(({ kind }) => kind === "constant" || kind === "text" || kind === "environment");
      outcome.values.push(texts);
      return texts.length > 0;
    }
    const objects = receivers.filter(({ kind }) => kind === "object");
    if (objects.length === 0) return false;
    switch (call.property) {
      case "get":
      case "pop":
      case "setdefault": {
        const keys = first.flatMap((key) =>
          key.kind === "constant" && typeof key.value === "string"
            ? [this.properties.of(objects, key.value, each)]
            : [],
        );
        outcome.values.push(union(keys.length > 0 ? keys : [this.fields.elements(objects, undefined, each)]), second);
        if (call.property !== "setdefault") return true;
        for (const key of first)
          if (key.kind === "constant" && typeof key.value === "string") this.fields.assign(objects, key.value, second);
        return true;
      }
      case "update":
        call.arguments.forEach(({ keyword }, index) => {
          const values = args[index] ?? nothing;
          if (keyword !== undefined && keyword !== "**") this.fields.assign(objects, keyword, values);
          else for (const one of objects) if (one.kind === "object") this.fields.spread(one, values);
        });
        return true;
      case "items":
        outcome.values.push(this.pairs(each, call, [nothing, this.fields.elements(objects, undefined, each)]));
        return true;
      case "values":
      case "copy":
        outcome.values.push(objects);
        return true;
      case "append":
      case "add":
      case "appendleft":
      case "put":
      case "put_nowait":
        this.fields.assign(objects, "[]", first);
        return true;
      case "extend":
        this.fields.assign(objects, "[]", this.fields.elements(first, undefined, each));
        return true;
      case "insert":
        this.fields.assign(objects, "[]", second);
        return true;
      case "popleft":
      case "get_nowait":
        outcome.values.push(this.fields.elements(objects, undefined, each));
        return true;
      case "keys":
      case "clear":
      case "remove":
      case "discard":
      case "index":
      case "count":
      case "sort":
        return true;
      default:
        return false;
    }
  }

  /** Calls functions of the workspace with what they are handed. */
  private run(
    each: FunctionNode,
    call: CallInstruction,
    targets: Values,
    handed: readonly Values[],
    outcome: Outcome,
  ): void {
    for (const value of targets)
      if (value.kind === "closure")
        this.binding.bind(each, { ...call, arguments: [] }, value.function, handed, nothing, outcome);
  }

  /** A collection of collections: one for each item, with the parts in their places. */
  private pairs(each: FunctionNode, call: CallInstruction, columns: readonly Values[]): Values {
    const made = this.fields.object(each, call.dst, true);
    for (const [index, values] of columns.entries()) {
      this.flow.grow(this.fields.field(made, `#${index}`), values);
      this.flow.grow(this.fields.field(made, "[]"), values);
    }
    // Taking an item out, and a part of the item, both lead to the parts.
    this.flow.grow(this.fields.field(made, "[]"), [made]);
    return [made];
  }

  private collection(each: FunctionNode, call: CallInstruction, items: readonly Values[]): Values[number] {
    const made = this.fields.object(each, call.dst, true);
    for (const [index, values] of items.entries()) {
      this.flow.grow(this.fields.field(made, `#${index}`), values);
      this.flow.grow(this.fields.field(made, "[]"), values);
    }
    return made;
  }

  private positional(each: FunctionNode, call: CallInstruction, args: readonly Values[]): readonly Values[] {
    return call.arguments.flatMap(({ keyword, spread }, index) => {
      const values = args[index] ?? nothing;
      if (keyword !== undefined) return [];
      return [spread ? this.fields.elements(values, undefined, each) : values];
    });
  }
}

const isEnvironment = (value: Values[number]): boolean => value.kind === "environment" && value.name === undefined;

/** A text is still the same text for whoever asks what it is: `url.replace("postgres://", "postgresql://")`. */
const trimming: ReadonlySet<string> = new Set([
  "replace",
  "strip",
  "lstrip",
  "rstrip",
  "get_secret_value",
  "unicode_string",
  "removeprefix",
  "removesuffix",
  "encode",
  "decode",
]);

/** The value is that of the first argument. */
const identities: ReadonlySet<string> = new Set([
  "list",
  "tuple",
  "set",
  "frozenset",
  "sorted",
  "reversed",
  "iter",
  "aiter",
  "str",
  "asyncio.create_task",
  "asyncio.ensure_future",
  "asyncio.shield",
  "asyncio.wait_for",
  "asyncio.run",
  "asyncio.as_completed",
  "asyncio.run_coroutine_threadsafe",
  "contextlib.closing",
  "contextlib.aclosing",
  "contextlib.nullcontext",
  "copy.copy",
  "copy.deepcopy",
  "itertools.chain",
  "itertools.cycle",
]);

/** They keep nothing of what they are given. */
const harmless: ReadonlySet<string> = new Set([
  "print",
  "len",
  "isinstance",
  "issubclass",
  "id",
  "repr",
  "bool",
  "int",
  "float",
  "type",
  "hasattr",
  "callable",
  "hash",
  "any",
  "all",
  "sum",
  "range",
  "vars",
  "dir",
  "format",
  "abs",
  "round",
  "delattr",
  "input",
]);

/** Modules of the standard library of which some names are known here. */
export const standardNames: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries(
    [
      ...identities,
      "os.getenv",
      "os.environ.get",
      "asyncio.gather",
      "asyncio.to_thread",
      "threading.Thread",
      "atexit.register",
    ]
      .filter((name) => name.includes("."))
      .reduce<Record<string, string[]>>((modules, name) => {
        const [module = "", one = ""] = name.split(".");
        modules[module] = [...(modules[module] ?? []), one];
        return modules;
      }, {}),
  ).map(([module, all]) => [module, new Set(all)]),
);
