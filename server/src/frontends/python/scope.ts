import type { FunctionId, VariableId } from "../../core/facts.ts";
import type { Outside } from "../control-flow/outside.ts";

/** What a name means. `this`: the first parameter of a method. `method`: a function of the class body at hand. */
export type Meaning =
  | { readonly kind: "variable"; readonly variable: VariableId }
  | { readonly kind: "this" }
  | { readonly kind: "method"; readonly function: FunctionId };

/** What one function, class body, comprehension or module binds. */
export class Scope {
  readonly parent: Scope | undefined;
  /** The names of a class body are not seen by the functions in it. */
  readonly kind: "module" | "function" | "class" | "comprehension";
  readonly names = new Map<string, Meaning>();
  /** Of a class body: what it has bound so far. Till then, a name means what it means outside. */
  private assigned: Set<string> | undefined;
  /** The first import of a name that is bound several times: what its type is. */
  private imports: Map<string, VariableId> | undefined;

  /** What a function asks of its surroundings, noted where it is to be taken over after an edit. */
  readonly outside: Outside<Meaning | undefined, VariableId | undefined> | undefined;

  constructor(parent: Scope | undefined, kind: Scope["kind"], outside?: Scope["outside"]) {
    this.parent = parent;
    this.kind = kind;
    this.outside = outside;
  }

  /** Of a class body: from here on, the name means what it binds. */
  assign(name: string): void {
    if (this.kind !== "class") return;
    this.assigned ??= new Set();
    this.assigned.add(name);
  }

  /** The first import of a name is what its type is. */
  importType(name: string, variable: VariableId): void {
    this.imports ??= new Map();
    if (!this.imports.has(name)) this.imports.set(name, variable);
  }

  find(name: string): Meaning | undefined {
    return this.#find(name, false);
  }

  /** The binding that a name in a type leads to. */
  type(name: string): VariableId | undefined {
    return this.#type(name, false);
  }

  /** What names mean to a function that is written here. */
  get around(): { value(name: string): Meaning | undefined; type(name: string): VariableId | undefined } {
    return { value: (name) => this.#find(name, true), type: (name) => this.#type(name, true) };
  }

  #find(name: string, isInner: boolean): Meaning | undefined {
    for (let scope: Scope | undefined = this, inside = isInner; scope; scope = scope.parent) {
      if (!(inside && scope.kind === "class")) {
        const found = scope.names.get(name);
        if (found && (scope.kind !== "class" || scope.assigned?.has(name))) return found;
      }
      if (scope.kind === "function") inside = true;
      if (scope.outside && scope.parent) return scope.outside.value(name, scope.parent.around);
    }
    return undefined;
  }

  #type(name: string, isInner: boolean): VariableId | undefined {
    for (let scope: Scope | undefined = this, inside = isInner; scope; scope = scope.parent) {
      if (!(inside && scope.kind === "class")) {
        const found = scope.imports?.get(name) ?? variableOf(scope.names.get(name));
        if (found !== undefined) return found;
      }
      if (scope.kind === "function") inside = true;
      if (scope.outside && scope.parent) return scope.outside.type(name, scope.parent.around);
    }
    return undefined;
  }

  get module(): Scope {
    let scope: Scope = this;
    while (scope.parent) scope = scope.parent;
    return scope;
  }
}

const variableOf = (meaning: Meaning | undefined): VariableId | undefined =>
  meaning?.kind === "variable" ? meaning.variable : undefined;
