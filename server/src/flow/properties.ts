import type { Driver, Member, TypeName } from "../core/driver.ts";
import type { TypeRef } from "../core/facts.ts";
import { findMember, findProperty, ownEntry, returnedType, returnsSame } from "./calls.ts";
import type { DeclaredTypes } from "./declared-types.ts";
import type { Fields } from "./fields.ts";
import type { Flow } from "./flow.ts";
import type { Modules } from "./modules.ts";
import type { FileNode, FunctionNode } from "./program.ts";
import {
  type Cell,
  type ClassNode,
  type Derived,
  type HandleValue,
  nothing,
  union,
  type Value,
  type Values,
} from "./values.ts";

/** From so many values on, what was put together of them is kept. */
const many = 8;

/** What a property of a class's instances was found to be, and the cells that it was read from. */
interface Found extends Derived {
  /** How the classes stood to each other. */
  readonly structure: number;
  readonly cells: readonly Cell[];
  readonly values: Values;
  /** Functions that are known to every one of the cells. */
  readonly readers: Set<FunctionNode>;
}

/** What a property of several values was put together from. */
interface Joined {
  readonly parts: readonly Values[];
  readonly values: Values;
}

/** Properties → values: `value.name` for every kind of value, through superclasses, modules and drivers' descriptions. */
export class Properties {
  private readonly instances = new Map<ClassNode, Map<string, Found>>();
  private readonly joined = new WeakMap<Values, Map<string, Joined>>();
  /** The cells that are read while a property of instances is looked for. */
  private reads: Cell[] | undefined;

  constructor(
    private readonly flow: Flow,
    private readonly fields: Fields,
    private readonly modules: Modules,
    private readonly types: DeclaredTypes,
  ) {}

  of(values: Values, name: string, reader: FunctionNode): Values {
    if (values.length === 1) return this.propertyOf(values[0] as Value, name, reader, 0);
    const parts = values.map((value) => this.propertyOf(value, name, reader, 0));
    return values.length < many ? union(parts) : this.join(values, name, parts);
  }

  /** What many values give is mostly what they gave before. */
  private join(values: Values, name: string, parts: readonly Values[]): Values {
    let byName = this.joined.get(values);
    if (byName === undefined) {
      byName = new Map();
      this.joined.set(values, byName);
    }
    const known = byName.get(name);
    if (known?.parts.every((part, index) => part === parts[index])) return known.values;
    const made: Joined = { parts, values: union(parts) };
    byName.set(name, made);
    return made.values;
  }

  propertyOf(value: Value, name: string, reader: FunctionNode, depth: number): Values {
    if (depth > 10) return nothing;
    switch (value.kind) {
      case "handle":
        return this.handleProperty(value, name);
      case "driver class": {
        const member = ownEntry(value.descriptor.statics, name);
        return member === undefined ? nothing : [this.member(value.driver, name, member, value.type, undefined)];
      }
      case "namespace": {
        const entry = ownEntry(value.entries, name);
        return entry === undefined ? nothing : this.modules.exportValue(value.driver, entry, name);
      }
      case "class":
        return this.staticProperty(value.class, name, reader, depth);
      case "instance":
        return this.instanceProperty(value.class, name, reader, depth);
      case "object": {
        const found: Values[] = [];
        for (const source of this.fields.sources(value)) {
          if (source.kind === "object") found.push(this.flow.read(this.fields.field(source, name), reader));
          else found.push(this.propertyOf(source, name, reader, depth + 1));
        }
        return union(found);
      }
      case "typed":
        return this.typedProperty(value.file, value.type, name);
      case "module":
        return this.moduleProperty(value.file, name, reader, depth);
      case "external":
        return [this.flow.interner.within(value, name)];
      case "environment":
        return value.name === undefined && name !== "get" ? [this.flow.interner.environment(name)] : nothing;
      case "global":
        return this.globalProperty(value.path, name, reader);
      case "closure":
        return this.flow.read(this.fields.field(value.function, name), reader);
      case "member":
      case "constant":
      case "text":
        return nothing;
    }
  }

  private member(
    driver: Driver,
    name: string,
    member: Member,
    owner: TypeName,
    receiver: HandleValue | undefined,
  ): Value {
    const key = `b ${driver.name} ${owner} ${name} ${receiver?.type ?? ""} ${receiver?.site.id ?? ""}`;
    return this.flow.interner.intern(key, () => ({
      kind: "member",
      driver,
      name,
      member,
      owner,
      ...(receiver === undefined ? {} : { receiver }),
    }));
  }

  private handleProperty(handle: HandleValue, name: string): Values {
    const property = findProperty(handle.driver, handle.type, name);
    if (property !== undefined) {
      const site = returnsSame(property)
        ? handle.site
        : this.flow.interner.site(`property ${handle.site.id} ${name}`, () => ({
            kind: "derived",
            place: handle.site.place,
            parent: handle,
          }));
      const made = this.flow.interner.handle(handle.driver, returnedType(property), site);
      return made === undefined ? nothing : [made];
    }
    const found = findMember(handle.driver, handle.type, name);
    return found === undefined ? nothing : [this.member(handle.driver, name, found.member, found.owner, handle)];
  }

  private typedProperty(file: FileNode, type: TypeRef, name: string): Values {
    if (type.kind !== "object") return nothing;
    const member = type.members.find((each) => each.name === name);
    if (member === undefined) return nothing;
    return this.types.of(file, member.type, `t${file.index}.${name}.${textOf(member.type)}`);
  }

  private moduleProperty(file: FileNode, name: string, reader: FunctionNode, depth: number): Values {
    const cells: Cell[] = [];
    const values: Value[] = [];
    for (const each of file.facts.exports) {
      if (each.kind !== "all" && each.name === name) this.modules.exportedOf(file, name, cells, values, depth);
      else if (each.kind === "all") this.modules.exported(file, each.specifier, name, cells, values, depth + 1);
    }
    const found = cells.map((cell) => this.flow.read(cell, reader));
    found.push(values.filter((value) => value.kind !== "module" || value.file !== file));
    if (file.facts.commonjs !== undefined) {
      const whole = this.flow.read(file.variables[file.facts.commonjs] as Cell, reader);
      found.push(...whole.map((value) => this.propertyOf(value, name, reader, depth + 1)));
      if (name === "default") found.push(whole);
    }
    const own = union(found);
    return own.length > 0 || !file.path.endsWith("/__init__.py") ? own : this.modules.submodule(file, ".", name);
  }

  private globalProperty(path: readonly string[], name: string, reader: FunctionNode): Values {
    if (path.length === 1 && path[0] === "os" && name === "environ") return [this.flow.interner.environment()];
    if (path.length === 1 && path[0] === "process" && name === "env") return [this.flow.interner.environment()];
    if (path.length === 1 && (path[0] === "globalThis" || path[0] === "global" || path[0] === "window")) {
      const own = this.flow.read(this.fields.field(this.fields.globals, name), reader);
      return runtime.has(name) ? union([own, [this.flow.interner.global([name])]]) : own;
    }
    return path.length > 3 ? nothing : [this.flow.interner.global([...path, name])];
  }

  private staticProperty(node: ClassNode, name: string, reader: FunctionNode, depth: number): Values {
    const found: Values[] = [];
    const isPython = node.file.facts.language === "python";
    const member = node.facts.members.find((each) => (isPython || each.static) && each.name === name);
    if (member?.function !== undefined) found.push(this.memberFunction(node, member.function, member.kind, reader));
    found.push(this.flow.read(this.fields.field(this.fields.staticSide(node), name), reader));
    if (member === undefined) {
      for (const base of this.flow.read(this.fields.heritage(node), reader)) {
        if (base.kind === "class" || base.kind === "driver class")
          found.push(this.propertyOf(base, name, reader, depth + 1));
      }
    }
    return union(found);
  }

  private memberFunction(node: ClassNode, id: number, kind: string, reader: FunctionNode): Values {
    const target = node.file.functions[id];
    if (target === undefined) return nothing;
    return kind === "getter" ? this.read(target.returns, reader) : [this.flow.interner.closure(target)];
  }

  /** Nothing that was found before holds any more: cells were emptied, or classes have other members. */
  forget(): void {
    this.instances.clear();
  }

  /** A class with many heirs is asked for the same few properties again and again: they are looked for where something changed. */
  private instanceProperty(node: ClassNode, name: string, reader: FunctionNode, depth: number): Values {
    // What was spread into an object is not followed as far.
    if (depth > 0) return this.ofInstances(node, name, reader, depth);
    let byName = this.instances.get(node);
    if (byName === undefined) {
      byName = new Map();
      this.instances.set(node, byName);
    }
    const known = byName.get(name);
    const { structure } = this.fields;
    if (known !== undefined && !known.stale && known.structure === structure) {
      if (!known.readers.has(reader)) {
        for (const cell of known.cells) cell.readBy(reader);
        known.readers.add(reader);
      }
      return known.values;
    }
    const cells: Cell[] = [];
    this.reads = cells;
    const values = this.ofInstances(node, name, reader, 0);
    this.reads = undefined;
    const found: Found = { stale: false, structure, cells, values, readers: new Set([reader]) };
    for (const cell of cells) cell.derives(found);
    byName.set(name, found);
    return values;
  }

  private read(cell: Cell, reader: FunctionNode): Values {
    this.reads?.push(cell);
    return this.flow.read(cell, reader);
  }

  private ofInstances(node: ClassNode, name: string, reader: FunctionNode, depth: number): Values {
    const found: Values[] = [this.read(this.fields.field(node, name), reader)];
    // What the class has, its instances have too.
    if (node.file.facts.language === "python" && !isMethod(node, name))
      found.push(this.classAttribute(node, name, reader, 0));
    const own = this.ownMethod(node, name, reader, depth);
    if (own.length > 0) found.push(own);
    for (const sub of node.subclasses) {
      found.push(this.read(this.fields.field(sub, name), reader));
      const method = sub.facts.members.find(
        (each) => !each.static && each.name === name && each.function !== undefined,
      );
      if (method?.function !== undefined) found.push(this.memberFunction(sub, method.function, method.kind, reader));
    }
    return union(found);
  }

  private classAttribute(node: ClassNode, name: string, reader: FunctionNode, depth: number): Values {
    const found: Values[] = [this.read(this.fields.field(this.fields.staticSide(node), name), reader)];
    if (depth > 8) return nothing;
    const { heritage, members } = node.facts;
    // Pydantic reads a setting from the environment variable of its name.
    if (heritage?.kind === "named" && heritage.name[heritage.name.length - 1] === "BaseSettings") {
      if (members.some((each) => each.kind === "field" && each.name === name))
        found.push([this.flow.interner.environment(name.toUpperCase())]);
    }
    for (const base of this.read(this.fields.heritage(node), reader))
      if (base.kind === "class") found.push(this.classAttribute(base.class, name, reader, depth + 1));
    return union(found);
  }

  private ownMethod(node: ClassNode, name: string, reader: FunctionNode, depth: number): Values {
    const isPython = node.file.facts.language === "python";
    const method = node.facts.members.find(
      (each) =>
        (isPython || !each.static) && each.name === name && each.function !== undefined && each.kind !== "setter",
    );
    if (method?.function !== undefined) return this.memberFunction(node, method.function, method.kind, reader);
    if (depth > 8) return nothing;
    const found: Values[] = [];
    for (const base of this.read(this.fields.heritage(node), reader)) {
      if (base.kind === "class") {
        found.push(
          this.read(this.fields.field(base.class, name), reader),
          this.ownMethod(base.class, name, reader, depth + 1),
        );
      }
    }
    if (node.base !== undefined && !node.facts.members.some((each) => each.name === name)) {
      found.push(this.handleProperty(node.base, name));
    }
    return union(found);
  }

  /** A dotted property of values: `client.pool`. */
  dotted(values: Values, property: string | undefined, reader: FunctionNode): Values {
    if (property === undefined) return values;
    return property.split(".").reduce((found: Values, name) => this.of(found, name, reader), values);
  }
}

/** Names of the runtime that are asked for on `globalThis`; anything else there is the application's own. */
const runtime = new Set([
  "process",
  "fetch",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "console",
  "crypto",
  "Promise",
  "Map",
  "Set",
]);

/** A plain method: nothing stands in its place on the class. */
const isMethod = ({ facts }: ClassNode, name: string): boolean =>
  facts.members.some((each) => each.name === name && each.function !== undefined && each.decorators.length === 0);

const typeTexts = new WeakMap<TypeRef, string>();

/** A type as text, to tell it apart from others. */
function textOf(type: TypeRef): string {
  let text = typeTexts.get(type);
  if (text === undefined) {
    text = JSON.stringify(type);
    typeTexts.set(type, text);
  }
  return text;
}
