import type { Driver, Member, TypeName } from "../core/driver.ts";
import type { TypeRef } from "../core/facts.ts";
import { findMember, findProperty, ownEntry, returnedType, returnsSame } from "./calls.ts";
import { Cell, Derived } from "./cells.ts";
import type { DeclaredTypes } from "./declared-types.ts";
import type { Fields } from "./fields.ts";
import type { Flow } from "./flow.ts";
import type { Modules } from "./modules.ts";
import { type FileNode, type FunctionNode, nodeOf } from "./program.ts";
import { type ClassNode, type HandleValue, nothing, union, type Value, type Values } from "./values.ts";

/** From so many values on, what was put together of them is kept. */
const many = 8;

/** What a property's values are put together from: cells, which grow, and what never changes. */
type Part = Cell | Values;

/** What a property of a class's instances was found to be. */
class Found extends Derived {
  /** How the classes stood to each other; undefined where that is another way now. */
  structure: number | undefined;
  parts: readonly Part[] = [];
  /** The superclasses by which the parts were found. */
  heritages: ReadonlyMap<Cell, Values> = new Map();
  values: Values = nothing;
}

/** What a property of many values was put together to. */
class Joined extends Derived {
  structure: number | undefined;
  values: Values = nothing;
}

/** Many values, in whatever order somebody has them first. */
interface SetOfMany {
  readonly values: Values;
  readonly properties: Map<string, Joined>;
}

/** Properties → values: `value.name` for every kind of value, through superclasses, modules and drivers' descriptions. */
export class Properties {
  private readonly instances = new Map<ClassNode, Map<string, Found>>();
  private readonly sets = new WeakMap<Values, SetOfMany>();
  /** The same sets by a sum of what is in them. */
  private readonly bySum = new Map<number, SetOfMany[]>();

  constructor(
    private readonly flow: Flow,
    private readonly fields: Fields,
    private readonly modules: Modules,
    private readonly types: DeclaredTypes,
  ) {}

  of(values: Values, name: string, reader: FunctionNode): Values {
    if (values.length === 0) return nothing;
    if (values.length === 1) return this.propertyOf(values[0] as Value, name, reader, 0);
    return values.length < many ? this.ofEach(values, name, reader) : this.join(values, name, reader);
  }

  private ofEach(values: Values, name: string, reader: FunctionNode): Values {
    return union(values.map((value) => this.propertyOf(value, name, reader, 0)));
  }

  /** What many values give is put together once for all who have these values. */
  private join(values: Values, name: string, reader: FunctionNode): Values {
    let set = this.sets.get(values);
    if (set === undefined) {
      set = this.sameSet(values);
      this.sets.set(values, set);
    }
    let joined = set.properties.get(name);
    if (joined === undefined) {
      joined = new Joined();
      set.properties.set(name, joined);
    }
    joined.readBy(this.flow.reading(reader));
    if (joined.isStale || joined.structure !== this.fields.structure) {
      const of = set.values;
      joined.values = this.flow.gather(joined, () => this.ofEach(of, name, reader));
      joined.structure = this.fields.structure;
      joined.isStale = false;
    }
    return joined.values;
  }

  private sameSet(values: Values): SetOfMany {
    let sum = values.length;
    for (const value of values) sum = (sum + this.flow.interner.number(value) * 2_654_435) % 1_000_000_007;
    const alike = this.bySum.get(sum) ?? [];
    const known = alike.find(
      (one) => one.values.length === values.length && union([one.values, values]) === one.values,
    );
    if (known !== undefined) return known;
    const made = { values, properties: new Map<string, Joined>() };
    this.bySum.set(sum, [...alike, made]);
    return made;
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
        return this.instanceProperty(value.class, name, reader);
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
    file.asked.add(name);
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
    // Nobody asks for what lies deeper than `Promise.all`, and members of members of something strange would come without end.
    return path.length > 1 ? nothing : [this.flow.interner.global([...path, name])];
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
    const part = this.memberPart(node, id, kind);
    return part instanceof Cell ? this.flow.read(part, reader) : part;
  }

  private memberPart(node: ClassNode, id: number, kind: string): Part {
    const target = nodeOf(node.file, id);
    if (target === undefined) return nothing;
    return kind === "getter" ? target.returns : [this.flow.interner.closure(target)];
  }

  /** Nothing that was found before holds any more: cells were emptied, or classes have other members. */
  forget(): void {
    this.fields.structure++;
  }

  /**
   * A class is extended by one more: what its instances have may be that one's.
   * @param isKnown it was so before the last edit, so that only who asked since then may not have been told of it
   */
  hasHeir(node: ClassNode, isKnown: boolean): void {
    for (const found of this.instances.get(node)?.values() ?? []) {
      if (isKnown && found.structure !== this.fields.structure) continue;
      found.structure = undefined;
      found.outdate(this.flow);
    }
  }

  /**
   * A class with many heirs is asked for the same few properties again and again: where to look is found once, and its readers are told by
   * what was found, not by each of the cells.
   */
  private instanceProperty(node: ClassNode, name: string, reader: FunctionNode): Values {
    let byName = this.instances.get(node);
    if (byName === undefined) {
      byName = new Map();
      this.instances.set(node, byName);
    }
    let found = byName.get(name);
    if (found === undefined) {
      found = new Found();
      byName.set(name, found);
    }
    found.readBy(this.flow.reading(reader));
    if (found.isStale || found.structure !== this.fields.structure) this.find(found, node, name);
    return found.values;
  }

  private find(found: Found, node: ClassNode, name: string): void {
    const { structure } = this.fields;
    if (found.structure !== structure || [...found.heritages].some(([cell, values]) => cell.list !== values)) {
      const heritages = new Map<Cell, Values>();
      found.parts = this.ofInstances(node, name, heritages);
      found.heritages = heritages;
      found.structure = structure;
      for (const part of found.parts) if (part instanceof Cell) part.readBy(found);
      for (const cell of heritages.keys()) cell.readBy(found);
    }
    found.values = union(found.parts.map((part) => (part instanceof Cell ? part.list : part)));
    found.isStale = false;
  }

  private ofInstances(node: ClassNode, name: string, heritages: Map<Cell, Values>): readonly Part[] {
    const found = new Set<Part>([this.fields.field(node, name)]);
    // What the class has, its instances have too.
    if (node.file.facts.language === "python" && !isMethod(node, name))
      this.classAttribute(node, name, heritages, found, 0);
    this.ownMethod(node, name, heritages, found, 0);
    for (const sub of node.subclasses) {
      found.add(this.fields.field(sub, name));
      const method = sub.facts.members.find(
        (each) => !each.static && each.name === name && each.function !== undefined,
      );
      if (method?.function !== undefined) found.add(this.memberPart(sub, method.function, method.kind));
    }
    return [...found];
  }

  private classAttribute(
    node: ClassNode,
    name: string,
    heritages: Map<Cell, Values>,
    found: Set<Part>,
    depth: number,
  ): void {
    if (depth > 8) return;
    found.add(this.fields.field(this.fields.staticSide(node), name));
    const { heritage, members } = node.facts;
    // Pydantic reads a setting from the environment variable of its name.
    if (heritage?.kind === "named" && heritage.name[heritage.name.length - 1] === "BaseSettings") {
      if (members.some((each) => each.kind === "field" && each.name === name))
        found.add([this.flow.interner.environment(name.toUpperCase())]);
    }
    for (const base of this.heritage(node, heritages))
      if (base.kind === "class") this.classAttribute(base.class, name, heritages, found, depth + 1);
  }

  private ownMethod(
    node: ClassNode,
    name: string,
    heritages: Map<Cell, Values>,
    found: Set<Part>,
    depth: number,
  ): void {
    const isPython = node.file.facts.language === "python";
    const method = node.facts.members.find(
      (each) =>
        (isPython || !each.static) && each.name === name && each.function !== undefined && each.kind !== "setter",
    );
    if (method?.function !== undefined) {
      found.add(this.memberPart(node, method.function, method.kind));
      return;
    }
    if (depth > 8) return;
    for (const base of this.heritage(node, heritages)) {
      if (base.kind !== "class") continue;
      found.add(this.fields.field(base.class, name));
      this.ownMethod(base.class, name, heritages, found, depth + 1);
    }
    if (node.base !== undefined && !node.facts.members.some((each) => each.name === name))
      found.add(this.handleProperty(node.base, name));
  }

  private heritage(node: ClassNode, heritages: Map<Cell, Values>): Values {
    const cell = this.fields.heritage(node);
    heritages.set(cell, cell.list);
    return cell.list;
  }

  /** A dotted property of values: `client.pool`. */
  dotted(values: Values, property: string | undefined, reader: FunctionNode): Values {
    if (property === undefined) return values;
    return property.split(".").reduce((found: Values, name) => this.of(found, name, reader), values);
  }
}

/** Names of the runtime that are asked for on `globalThis`; anything else there is the application's own. */
export const runtime = new Set([
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
