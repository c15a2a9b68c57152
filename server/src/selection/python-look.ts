import type { FileFacts, FunctionFacts, TypeRef, VariableId } from "../core/facts.ts";
import { functionOf } from "../core/functions.ts";

/** A call, by what is called. */
export interface PythonCall {
  readonly name: string;
  /** `receiver.name()`. */
  readonly isMember: boolean;
  /** `with` ends what it gives. */
  readonly managed: boolean;
}

/** What one function of Python does, with those written in it. */
export interface PythonFunction {
  readonly facts: FunctionFacts;
  readonly calls: readonly PythonCall[];
  /** Those whose results it returns. */
  readonly returned: readonly PythonCall[];
  /** It calls what it is given. */
  readonly callsBack: boolean;
  /** It asks, keeps or hands on what only its callers know. */
  readonly takes: boolean;
}

export interface PythonFile {
  readonly functions: readonly PythonFunction[];
  /** Variables of the module, and members, that hold what a call gave. */
  readonly holds: readonly { readonly name: string; readonly call: PythonCall }[];
  /** The names of everything that it calls. */
  readonly called: ReadonlySet<string>;
}

const looks = new WeakMap<FileFacts, PythonFile>();

/** Looks at a file once, for as long as its facts live. */
export function lookAtPython(facts: FileFacts): PythonFile {
  let known = looks.get(facts);
  if (known === undefined) {
    known = new Reader(facts).read();
    looks.set(facts, known);
  }
  return known;
}

/** Whether a file calls, imports or extends something of these names. */
export function usesInPython(facts: FileFacts, names: ReadonlySet<string>): boolean {
  const { called } = lookAtPython(facts);
  for (const name of names) if (called.has(name)) return true;
  return (
    facts.imports.some(({ imported }) => names.has(imported)) ||
    facts.classes.some(({ heritage }) => heritage?.kind === "named" && heritage.name.some((name) => names.has(name)))
  );
}

/** A type that tells nothing of what stands there. */
export const isOpen = (type: TypeRef | undefined): boolean =>
  type === undefined || type.kind === "other" || (type.kind === "named" && vague.has(type.name.at(-1) ?? ""));

const vague: ReadonlySet<string> = new Set(["Any", "object"]);

class Reader {
  private readonly calls: PythonCall[][] = [];
  private readonly returned: PythonCall[][] = [];
  private readonly holds: { readonly name: string; readonly call: PythonCall }[] = [];
  private readonly called = new Set<string>();
  private readonly callingBack = new Set<number>();
  private readonly taking = new Set<number>();
  /** Parameters, with the functions that have them. */
  private readonly parameters = new Map<VariableId, { readonly owner: number; readonly isOpen: boolean }>();

  constructor(private readonly facts: FileFacts) {}

  read(): PythonFile {
    for (const { id, parameters } of this.facts.functions)
      for (const { variable, type, rest, keyword } of parameters)
        this.parameters.set(variable, { owner: id, isOpen: isOpen(type) && !rest && keyword !== "rest" });
    for (const each of this.facts.functions) {
      this.calls[each.id] = [];
      this.returned[each.id] = [];
      this.function(each);
    }
    const functions = this.facts.functions.map((facts): PythonFunction => {
      const { id } = facts;
      const [calls = [], returned = []] = [this.calls[id], this.returned[id]];
      return { facts, calls, returned, callsBack: this.callingBack.has(id), takes: this.taking.has(id) };
    });
    return { functions, holds: this.holds, called: this.called };
  }

  /** Imperative, with a slot for each register: it sees every instruction of a workspace. */
  private function(each: FunctionFacts): void {
    const { variables } = this.facts;
    const names: (string | undefined)[] = [];
    const loaded: (VariableId | undefined)[] = [];
    const given: (PythonCall | undefined)[] = [];
    const made = new Map<VariableId, PythonCall>();
    const callOf = (register: number): PythonCall | undefined => given[register] ?? made.get(loaded[register] ?? -1);
    for (const { instructions, end } of each.blocks) {
      for (const one of instructions) {
        switch (one.op) {
          case "load":
            names[one.dst] = variables[one.variable]?.name;
            loaded[one.dst] = one.variable;
            break;
          case "global":
            names[one.dst] = one.name;
            break;
          case "get":
            names[one.dst] = one.property;
            break;
          case "await":
            loaded[one.dst] = loaded[one.value];
            given[one.dst] = given[one.value];
            break;
          case "store": {
            const call = callOf(one.value);
            if (call === undefined) break;
            made.set(one.variable, call);
            const { name, function: owner } = variables[one.variable] ?? {};
            if (owner === 0 && name !== undefined) this.holds.push({ name, call });
            break;
          }
          case "set": {
            const call = callOf(one.value);
            if (call !== undefined) this.holds.push({ name: one.property, call });
            this.hand(loaded[one.value]);
            break;
          }
          case "call": {
            const name = one.property ?? names[one.callee] ?? "";
            const parameter = this.parameters.get(loaded[one.callee] ?? -1);
            if (parameter !== undefined) this.callingBack.add(parameter.owner);
            if (one.receiver !== undefined) this.hand(loaded[one.receiver]);
            for (const { value } of one.arguments) this.hand(loaded[value]);
            this.called.add(name);
            const call = { name, isMember: one.property !== undefined, managed: one.managed };
            // Whoever a function is written in does what it does.
            for (let at: FunctionFacts | undefined = each; at !== undefined; at = this.parentOf(at))
              this.calls[at.id]?.push(call);
            // What a decorator makes of a function is known by the function.
            if (one.style !== "decorator") given[one.dst] = call;
            break;
          }
          default:
        }
      }
      const call = end.kind === "return" && end.value !== undefined ? callOf(end.value) : undefined;
      if (call !== undefined) this.returned[each.id]?.push(call);
    }
  }

  /** A parameter of an unknown kind is asked, handed on or kept. */
  private hand(variable: VariableId | undefined): void {
    const parameter = variable === undefined ? undefined : this.parameters.get(variable);
    if (parameter?.isOpen) this.taking.add(parameter.owner);
  }

  private parentOf({ parent }: FunctionFacts): FunctionFacts | undefined {
    return parent === undefined || parent === 0 ? undefined : functionOf(this.facts, parent);
  }
}
