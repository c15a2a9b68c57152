/** What names mean in a scope. */
export interface Meaning<Value, Type> {
  value(name: string): Value;
  type(name: string): Type;
}

/** The names that a function uses and does not bind itself, with what they meant where it stands. */
export class Outside<Value = unknown, Type = unknown> {
  private readonly values = new Map<string, Value>();
  private readonly types = new Map<string, Type>();
  /** False where a name meant two things while the function was lowered. */
  sure = true;

  value(name: string, scope: Meaning<Value, Type>): Value {
    return this.asked(this.values, name, scope.value(name));
  }

  type(name: string, scope: Meaning<Value, Type>): Type {
    return this.asked(this.types, name, scope.type(name));
  }

  private asked<T>(known: Map<string, T>, name: string, found: T): T {
    if (known.has(name) && known.get(name) !== found) this.sure = false;
    known.set(name, found);
    return found;
  }

  /** Whether every name still means the same. */
  stands(scope: Meaning<Value, Type>): boolean {
    for (const [name, found] of this.values) if (!isSame(scope.value(name), found)) return false;
    for (const [name, found] of this.types) if (!isSame(scope.type(name), found)) return false;
    return true;
  }

  /** Asks for the same names again. */
  ask(scope: Meaning<Value, Type>): void {
    for (const name of this.values.keys()) scope.value(name);
    for (const name of this.types.keys()) scope.type(name);
  }
}

/** What a type parameter stands for is another object each time. */
const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b));
