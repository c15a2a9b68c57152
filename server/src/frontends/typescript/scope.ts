import type { TypeRef, VariableId } from "../../core/facts.ts";
import type { Outside } from "../control-flow/outside.ts";

/** What one pair of braces binds. Values and types are separate name spaces, as in the language. */
export class Scope {
  readonly parent: Scope | undefined;
  /** Most blocks declare nothing. */
  private values: Map<string, VariableId> | undefined;
  /** Interfaces and aliases by their variable; type parameters by their constraint. */
  types: Map<string, VariableId | TypeRef> | undefined;

  /** What a function asks of its surroundings, noted where it is to be taken over after an edit. */
  readonly outside: Outside<VariableId | undefined, VariableId | TypeRef | undefined> | undefined;

  constructor(parent: Scope | undefined, outside?: Scope["outside"]) {
    this.parent = parent;
    this.outside = outside;
  }

  value(name: string): VariableId | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const found = scope.values?.get(name);
      if (found !== undefined) return found;
      if (scope.outside && scope.parent) return scope.outside.value(name, scope.parent);
    }
    return undefined;
  }

  type(name: string): VariableId | TypeRef | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const found = scope.types?.get(name) ?? scope.values?.get(name);
      if (found !== undefined) return found;
      if (scope.outside && scope.parent) return scope.outside.type(name, scope.parent);
    }
    return undefined;
  }

  bind(name: string, variable: VariableId): void {
    this.values ??= new Map();
    this.values.set(name, variable);
  }

  /** Whether a value of this name is bound right here. */
  binds(name: string): boolean {
    return this.values?.has(name) ?? false;
  }

  bindType(name: string, to: VariableId | TypeRef): void {
    this.types ??= new Map();
    this.types.set(name, to);
  }
}
