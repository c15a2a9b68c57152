import type { Driver, ExportDescriptor, Member, TypeDescriptor, TypeName } from "../core/driver.ts";
import type { CallInstruction, ClassFacts, Constant, TypeRef } from "../core/facts.ts";
import type { Place } from "../core/text.ts";
import { answer, answers } from "../drivers/external.ts";
import type { FileNode, FunctionNode } from "./program.ts";

/** Where a handle came into being. Two handles with one site are views of the same pool, session or transaction. */
export interface Site {
  readonly id: number;
  /** `hook`: a new connection, handed to a function in the pool's options. */
  readonly kind: "opens" | "wraps" | "acquires" | "begins" | "callback" | "hook" | "declared" | "derived";
  readonly place: Place;
  readonly function?: FunctionNode;
  readonly call?: CallInstruction;
  /** The handle that it was made from: the pool of a session, the session of a transaction. */
  readonly parent?: HandleValue;
}

export interface HandleValue {
  readonly kind: "handle";
  readonly driver: Driver;
  readonly type: TypeName;
  readonly descriptor: TypeDescriptor;
  readonly site: Site;
}

/** A class that a driver exports. */
export interface DriverClassValue {
  readonly kind: "driver class";
  readonly driver: Driver;
  readonly type: TypeName;
  readonly descriptor: TypeDescriptor;
}

export interface NamespaceValue {
  readonly kind: "namespace";
  readonly driver: Driver;
  readonly entries: Readonly<Record<string, ExportDescriptor>>;
}

/** A member function taken from a driver's value: `pool.query`, `const { query } = pool`. */
export interface MemberValue {
  readonly kind: "member";
  readonly driver: Driver;
  readonly name: string;
  readonly member: Member;
  readonly receiver?: HandleValue;
  /** The type that declares it. */
  readonly owner: TypeName;
}

export interface ClosureValue {
  readonly kind: "closure";
  readonly function: FunctionNode;
}

export interface ClassValue {
  readonly kind: "class";
  readonly class: ClassNode;
}

/** Every instance of a class of the workspace. `base`: it extends a driver's class. */
export interface InstanceValue {
  readonly kind: "instance";
  readonly class: ClassNode;
}

/** An object literal, by where it is written; also what stands for `new Map()` and kin. */
export interface ObjectValue {
  readonly kind: "object";
  readonly function: FunctionNode;
  /** The register of the literal; it moves with the text. */
  register: number;
  readonly array: boolean;
}

/** A value known by its declared type alone. */
export interface TypedValue {
  readonly kind: "typed";
  readonly file: FileNode;
  type: TypeRef;
}

export interface ConstantValue {
  readonly kind: "constant";
  readonly value: Constant;
}

/** Text with registers between, read when it is asked for. */
export interface TextValue {
  readonly kind: "text";
  readonly function: FunctionNode;
  register: number;
}

export interface ModuleValue {
  readonly kind: "module";
  readonly file: FileNode;
}

/** Something of a package that is no driver: `axios.post`, an instance of `S3Client`. */
export interface ExternalValue {
  readonly kind: "external";
  readonly module: string;
  /** `["S3Client", "new", "send"]`; `["get", "=", "json"]` is what the answer of `requests.get()` has. */
  readonly path: readonly string[];
}

/** `process.env`, or one variable of it. */
export interface EnvironmentValue {
  readonly kind: "environment";
  readonly name?: string;
}

/** A global of the runtime, or a member of one: `globalThis`, `Promise.all`. */
export interface GlobalValue {
  readonly kind: "global";
  readonly path: readonly string[];
}

export type Value =
  | HandleValue
  | DriverClassValue
  | NamespaceValue
  | MemberValue
  | ClosureValue
  | ClassValue
  | InstanceValue
  | ObjectValue
  | TypedValue
  | ConstantValue
  | TextValue
  | ModuleValue
  | ExternalValue
  | EnvironmentValue
  | GlobalValue;

export interface ClassNode {
  readonly id: number;
  readonly file: FileNode;
  facts: ClassFacts;
  /** The values of its superclass expression; filled while values flow. */
  readonly superclasses: Set<ClassNode>;
  readonly subclasses: Set<ClassNode>;
  /** The superclasses before the last edit: who asked for what their instances have knows of this class. */
  former?: ReadonlySet<ClassNode>;
  /** The `new` expressions that make its instances. */
  readonly constructions: Map<CallInstruction, FunctionNode>;
  /** The driver's class that it extends, directly or through its superclasses. */
  base?: HandleValue;
}

/** Values without duplicates. Empty means: not known. */
export type Values = readonly Value[];

export const nothing: Values = [];

/** Interns values, so that a set holds each once. */
export class Interner {
  private readonly byKey = new Map<string, Value>();
  private readonly constants = new Map<Constant, ConstantValue>();
  private readonly closures = new Map<FunctionNode, ClosureValue>();
  private readonly classes = new Map<ClassNode, ClassValue>();
  private readonly instances = new Map<ClassNode, InstanceValue>();
  private readonly modules = new Map<FileNode, ModuleValue>();
  private readonly objects = new Map<FunctionNode, Map<string, ObjectValue>>();
  private readonly texts = new Map<FunctionNode, Map<string, TextValue>>();
  private readonly numbers = new Map<Value, number>();
  private readonly ones = new Map<Value, Values>();
  private nextSite = 1;
  private readonly sites = new Map<string, Site>();

  intern<V extends Value>(key: string, make: () => V): V {
    const known = this.byKey.get(key);
    if (known !== undefined) return known as V;
    const value = make();
    this.byKey.set(key, value);
    return value;
  }

  /** What the sites were that have been asked for since the last `watch`: what is known of a handle by its site, others know, too. */
  private asked: Map<Site, { readonly kind: Site["kind"]; readonly parent: HandleValue | undefined }> | undefined;

  /** From here on `changed` tells. */
  watch(): void {
    this.asked = new Map();
  }

  /** Whether a site is of another kind, or made from another handle, than it was. */
  get changed(): boolean {
    for (const [site, before] of this.asked ?? [])
      if (site.kind !== before.kind || site.parent !== before.parent) return true;
    return false;
  }

  site(key: string, make: () => Omit<Site, "id">): Site {
    const known = this.sites.get(key);
    if (known !== undefined) {
      if (this.asked?.has(known) === false) this.asked.set(known, { kind: known.kind, parent: known.parent });
      // The same site after an edit: its place moves with the text. A class that was found to wrap a pool stays what it is.
      const { kind, ...moved } = make();
      if (known.kind === "wraps" && kind === "opens") return known;
      if (moved.parent === undefined) delete (known as { parent?: HandleValue }).parent;
      return Object.assign(known, { kind }, moved);
    }
    const made: Site = { id: this.nextSite++, ...make() };
    this.sites.set(key, made);
    return made;
  }

  handle(driver: Driver, type: TypeName, site: Site): HandleValue | undefined {
    const descriptor = driver.types[type];
    if (descriptor === undefined) return undefined;
    return this.intern(`h ${driver.name} ${type} ${site.id}`, () => ({
      kind: "handle",
      driver,
      type,
      descriptor,
      site,
    }));
  }

  /** A number that a value has alone. */
  number(value: Value): number {
    return internIn(this.numbers, value, () => this.numbers.size);
  }

  /** A set of one value, the same for all who hold it. */
  alone(value: Value): Values {
    return internIn(this.ones, value, () => [value]);
  }

  constant(value: Constant): ConstantValue {
    return internIn(this.constants, value, () => ({ kind: "constant", value }));
  }

  external(module: string, path: readonly string[]): ExternalValue {
    return this.intern(`e ${module} ${path.join(" ")}`, () => ({ kind: "external", module, path }));
  }

  /**
   * What is reached from a value of another package: the export that it began with, whether its work is done by then, and the last step, so
   * that a long chain of calls makes no more values than it has names.
   */
  within(value: ExternalValue, step: string): ExternalValue {
    const { module, path } = value;
    const origin = path[0] === "promises" ? path.slice(0, 2) : path.slice(0, 1);
    const isDone = path.includes(answer) || (step === "()" && answers(module, path));
    return this.external(module, isDone ? [...origin, answer, step] : [...origin, step]);
  }

  global(path: readonly string[]): GlobalValue {
    return this.intern(`g ${path.join(" ")}`, () => ({ kind: "global", path }));
  }

  environment(name?: string): EnvironmentValue {
    return this.intern(`v ${name ?? ""}`, () => ({ kind: "environment", ...(name === undefined ? {} : { name }) }));
  }

  closure(target: FunctionNode): ClosureValue {
    return internIn(this.closures, target, () => ({ kind: "closure", function: target }));
  }

  class(node: ClassNode): ClassValue {
    return internIn(this.classes, node, () => ({ kind: "class", class: node }));
  }

  instance(node: ClassNode): InstanceValue {
    return internIn(this.instances, node, () => ({ kind: "instance", class: node }));
  }

  module(file: FileNode): ModuleValue {
    return internIn(this.modules, file, () => ({ kind: "module", file }));
  }

  /** @param label what tells the literal apart in its function, whatever is edited around it */
  object(each: FunctionNode, label: string, register: number, array: boolean): ObjectValue {
    const known = internIn(this.objects, each, () => new Map<string, ObjectValue>());
    const value = internIn(known, label, (): ObjectValue => ({ kind: "object", function: each, register, array }));
    value.register = register;
    return value;
  }

  text(each: FunctionNode, label: string, register: number): TextValue {
    const known = internIn(this.texts, each, () => new Map<string, TextValue>());
    const value = internIn(known, label, (): TextValue => ({ kind: "text", function: each, register }));
    value.register = register;
    return value;
  }
}

/** The first handle among values; an instance of a class that extends a driver's is one. */
export function firstHandle(values: Values): HandleValue | undefined {
  for (const value of values) {
    if (value.kind === "handle") return value;
    if (value.kind === "instance" && value.class.base !== undefined) return value.class.base;
  }
  return undefined;
}

/** What both sets are together, where one of them continues the other; undefined where a new set is needed. */
export function extended(a: Values, b: Values): Values | undefined {
  const [short, long] = a.length > b.length ? [b, a] : [a, b];
  // Plain and from the end: this is asked of every value that flows, and sets that differ mostly do so in what came last.
  for (let index = short.length - 1; index >= 0; index--) if (short[index] !== long[index]) return undefined;
  return short.length === long.length ? a : long;
}

/** Sets of values put together; no new set where one of them is all, so that sets can be told apart by identity. */
export function union(sets: readonly Values[]): Values {
  let all: Values = nothing;
  let own: Value[] | undefined;
  let many: Set<Value> | undefined;
  for (const set of sets) {
    if (set === all) continue;
    if (own === undefined) {
      const shared = extended(all, set);
      if (shared !== undefined) {
        if (shared !== all) many = undefined;
        all = shared;
        continue;
      }
    }
    for (const value of set) {
      if (many === undefined && all.length > few) many = new Set(all);
      if (many === undefined ? all.includes(value) : many.has(value)) continue;
      if (own === undefined) {
        own = [...all];
        all = own;
      }
      own.push(value);
      many?.add(value);
    }
  }
  return all;
}

/** The same values, each once. */
export const distinct = (values: Values): Values => (values.length < 2 ? values : [...new Set(values)]);

/** As many are looked through without a set. */
const few = 6;

function internIn<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}
