import type { Driver, ExportDescriptor, Member, TypeDescriptor, TypeName } from "../core/driver.ts";
import type { CallInstruction, ClassFacts, Constant, TypeRef } from "../core/facts.ts";
import type { Place } from "../core/text.ts";
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
  /** `["S3Client", "new", "send"]`. */
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
  /** The `new` expressions that make its instances. */
  readonly constructions: Map<CallInstruction, FunctionNode>;
  /** The driver's class that it extends, directly or through its superclasses. */
  base?: HandleValue;
}

/** Values without duplicates. Empty means: not known. */
export type Values = readonly Value[];

export const nothing: Values = [];

/** More constants and literals than this in one place are no longer told apart. */
const limit = 12;

/** As many are looked through without a set: most cells hold one value at most, and have one reader. */
const few = 6;

/** What was made of the values of several cells, and whether there are others since. Whoever reads it, reads all of them. */
export interface Derived {
  stale: boolean;
  readonly readers: ReadonlySet<FunctionNode>;
}

/** A growing set of values that remembers which functions read it. */
export class Cell {
  private snapshot: Values = nothing;
  /** The same as a set, where there are many. */
  private many: Set<Value> | undefined;
  private reading: readonly FunctionNode[] = nobody;
  private manyReading: Set<FunctionNode> | undefined;
  /** What functions of other files put here: it stays when the owner's text changes. */
  private incoming: Set<Value> | undefined;

  /** What was made of the values: it has to be made again once there are others. */
  private derived: Set<Derived> | undefined;

  /** @param owner the file whose text decides what is in it; undefined for what belongs to no file (`globalThis`) */
  constructor(readonly owner: FileNode | undefined) {}

  /** Adds values; true where the set grew. */
  add(values: Values): boolean {
    let grown: Value[] | undefined;
    for (const value of values) {
      // A parameter that a thousand calls give a thousand literals is simply not known; handles and functions are all kept.
      if ((grown ?? this.snapshot).length >= limit && isBulky(value)) continue;
      if (this.many === undefined ? (grown ?? this.snapshot).includes(value) : this.many.has(value)) continue;
      grown ??= [...this.snapshot];
      grown.push(value);
      if (this.many !== undefined) this.many.add(value);
      else if (grown.length > few) this.many = new Set(grown);
    }
    if (grown === undefined) return false;
    this.changed(grown);
    return true;
  }

  has(value: Value): boolean {
    return this.many === undefined ? this.snapshot.includes(value) : this.many.has(value);
  }

  get readers(): Iterable<FunctionNode> {
    const own = this.manyReading ?? this.reading;
    if (this.derived === undefined) return own;
    const all = new Set(own);
    for (const { readers } of this.derived) for (const reader of readers) all.add(reader);
    return all;
  }

  /** Remembers a function that reads it. */
  readBy(reader: FunctionNode): void {
    if (this.manyReading !== undefined) this.manyReading.add(reader);
    else if (!this.reading.includes(reader)) {
      this.reading = [...this.reading, reader];
      if (this.reading.length > few) this.manyReading = new Set(this.reading);
    }
  }

  /** Tells something that was made of the values once there are others. */
  derives(what: Derived): void {
    this.derived ??= new Set();
    this.derived.add(what);
  }

  private changed(values: Values): void {
    this.snapshot = values;
    if (this.derived !== undefined) for (const each of this.derived) each.stale = true;
  }

  /** Remembers values as another file's. */
  receive(values: Values): void {
    this.incoming ??= new Set();
    for (const value of values) this.incoming.add(value);
  }

  /** Forgets what its own file put here. */
  reset(): void {
    const left = this.incoming === undefined ? nothing : [...this.incoming];
    this.many = left.length > few ? new Set(left) : undefined;
    this.changed(left);
  }

  get list(): Values {
    return this.snapshot;
  }
}

const nobody: readonly FunctionNode[] = [];

const isBulky = ({ kind }: Value): boolean =>
  kind === "constant" || kind === "text" || kind === "object" || kind === "typed" || kind === "external";

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

  constant(value: Constant): ConstantValue {
    return internIn(this.constants, value, () => ({ kind: "constant", value }));
  }

  external(module: string, path: readonly string[]): ExternalValue {
    return this.intern(`e ${module} ${path.join(" ")}`, () => ({ kind: "external", module, path }));
  }

  /**
   * What is reached from a value of another package: the export that it began with and the last step, so that a long chain of calls
   * makes no more values than it has names.
   */
  within({ module, path }: ExternalValue, step: string): ExternalValue {
    const origin = path[0] === "promises" ? path.slice(0, 2) : path.slice(0, 1);
    return this.external(module, [...origin, step]);
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

/** Sets of values put together; no new set where one of them is all. */
export function union(sets: readonly Values[]): Values {
  let first = nothing;
  let all: Set<Value> | undefined;
  for (const set of sets) {
    if (set.length === 0 || set === first) continue;
    if (first.length === 0) {
      first = set;
      continue;
    }
    all ??= new Set(first);
    for (const value of set) all.add(value);
  }
  return all === undefined ? first : [...all];
}

function internIn<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}
