import type { Driver, Effect, ExportDescriptor, Member, Signature, Slot, TypeName } from "../core/driver.ts";
import type { CallInstruction, FileFacts, Instruction, TypeRef, VariableId } from "../core/facts.ts";
import {
  type ArgumentValues,
  argumentIndex,
  type DriverCall,
  findMember,
  findProperty,
  inherited,
  isA,
  overload,
  ownEntry,
  type Resolved,
  returnedType,
  returnsSame,
  unresolved,
} from "./calls.ts";
import { type Counters, type FileNode, type FunctionNode, type ImportSource, renew } from "./program.ts";
import { definition, labelOf } from "./text.ts";
import {
  Cell,
  type ClassNode,
  type ClosureValue,
  type HandleValue,
  Interner,
  nothing,
  type ObjectValue,
  type Site,
  type TextValue,
  type TypedValue,
  type Value,
  type Values,
} from "./values.ts";

/** Where an import leads. The same as the front end's resolver gives. */
export type Resolution =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "package"; readonly name: string }
  | { readonly kind: "missing" };

export interface DriverModule {
  readonly driver: Driver;
  readonly exports: Readonly<Record<string, ExportDescriptor>>;
}

export interface Surroundings {
  readonly files: ReadonlyMap<string, FileNode>;
  resolve(from: string, specifier: string): Resolution;
  /** The drivers that describe a module, with what it exports for each. */
  driverModules(specifier: string): readonly DriverModule[];
  /** Whether a package is known to do work outside the database. */
  isExternal(specifier: string): boolean;
}

/** Rounds after which a function is no longer evaluated again: a guard against sets that keep growing. */
const maximumRounds = 40;

/**
 * Lets values flow through variables, fields, parameters, returns, imports and exports until nothing changes.
 * Insensitive to order and to context: a variable holds whatever any path, any caller may put there.
 */
export class Propagation {
  readonly interner = new Interner();
  private readonly fields = new Map<object, Map<string, Cell>>();
  /** Fields of `globalThis`, and of the static side of classes. */
  private readonly globals = {};
  private readonly statics = new Map<ClassNode, object>();
  /** Fields by the file whose text decides what is in them. */
  private readonly fieldCells = new Map<FileNode, Set<Cell>>();
  private readonly heritages = new Map<ClassNode, Cell>();
  /** The function that is being evaluated. */
  private current: FunctionNode | undefined;
  /** Functions evaluated since the last `run` or `update` began. */
  evaluated = new Set<FunctionNode>();
  private readonly spreads = new Map<ObjectValue, Set<Value>>();
  private readonly queue: FunctionNode[] = [];
  private readonly queued = new Set<FunctionNode>();
  private readonly rounds = new Map<FunctionNode, number>();

  constructor(private readonly around: Surroundings) {}

  run(): void {
    for (const file of this.around.files.values()) this.seed(file);
    for (const file of this.around.files.values()) for (const each of file.functions) this.enqueue(each);
    this.drain();
  }

  private drain(): void {
    for (let next = this.queue.pop(); next !== undefined; next = this.queue.pop()) {
      this.queued.delete(next);
      const round = (this.rounds.get(next) ?? 0) + 1;
      // A function that is no longer in its file has no more say.
      if (round > maximumRounds || next.file.functions[next.facts.id] !== next) continue;
      this.rounds.set(next, round);
      this.evaluate(next);
    }
    this.current = undefined;
  }

  /**
   * Gives one file new facts and lets the values flow again from there. False where that cannot be exact: what the file exports has
   * another shape, or something that it gave to other files is gone, so that everything has to be linked anew.
   */
  update(file: FileNode, facts: FileFacts, counters: Counters): boolean {
    if (shapeOf(file.facts) !== shapeOf(facts)) return false;
    const told = new Map<Cell, ReadonlySet<Value>>();
    for (const cell of this.cellsOf(file)) {
      if ([...cell.readers].some((reader) => reader.file !== file)) told.set(cell, new Set(cell.values));
    }
    const sent = file.outgoing;
    this.forget(file);
    renew(file, facts, counters);
    for (const cell of this.cellsOf(file)) cell.reset();
    this.evaluated = new Set();
    this.rounds.clear();
    this.seed(file);
    for (const each of file.functions) this.enqueue(each);
    this.drain();
    for (const [cell, values] of told) for (const value of values) if (!cell.values.has(value)) return false;
    for (const [cell, values] of sent) {
      const now = file.outgoing.get(cell);
      for (const value of values) if (now?.has(value) !== true) return false;
    }
    return true;
  }

  private *cellsOf(file: FileNode): Generator<Cell> {
    yield* file.variables;
    for (const each of file.functions) {
      yield each.returns;
      yield each.receiver;
    }
    yield* this.fieldCells.get(file) ?? [];
  }

  /** Takes back what a file told others. */
  private forget(file: FileNode): void {
    file.outgoing = new Map();
    file.imports.clear();
    file.escaped.clear();
    for (const target of file.calling) {
      for (const [call, caller] of target.callers) if (caller.file === file) target.callers.delete(call);
    }
    file.calling.clear();
    for (const node of file.constructing) {
      for (const [call, each] of node.constructions) if (each.file === file) node.constructions.delete(call);
    }
    file.constructing.clear();
    for (const node of file.classes) {
      for (const base of node.superclasses) base.subclasses.delete(node);
      node.superclasses.clear();
      delete node.base;
    }
    for (const owner of this.spreads.keys()) if (owner.function.file === file) this.spreads.delete(owner);
  }

  private enqueue(each: FunctionNode): void {
    if (this.queued.has(each)) return;
    this.queued.add(each);
    this.queue.push(each);
  }

  private grow(cell: Cell, values: Values): void {
    if (values.length === 0) return;
    const from = this.current?.file;
    if (from !== undefined && cell.owner !== from) {
      let sent = from.outgoing.get(cell);
      if (sent === undefined) {
        sent = new Set();
        from.outgoing.set(cell, sent);
      }
      for (const value of values) sent.add(value);
      cell.receive(values);
    }
    if (!cell.add(values)) return;
    for (const reader of cell.readers) this.enqueue(reader);
  }

  private read(cell: Cell, reader: FunctionNode): Values {
    cell.readers.add(reader);
    return cell.list;
  }

  /** Declared types, and functions and classes by name. */
  private seed(file: FileNode): void {
    file.facts.variables.forEach((variable, id) => {
      if (variable.type !== undefined)
        this.grow(
          file.variables[id] as Cell,
          this.typed(
            file,
            variable.type,
            `v${file.index}.${variable.name}.${file.functions[variable.function]?.index}`,
            id,
          ),
        );
    });
    for (const each of file.functions) {
      if (each.facts.returnType !== undefined && each.facts.kind !== "constructor") {
        this.grow(each.returns, this.typed(file, each.facts.returnType, `r${each.index}`).filter(declaredObject));
      }
    }
    for (const node of file.classes) {
      for (const member of node.facts.members) {
        if (member.type === undefined || member.function !== undefined) continue;
        this.grow(this.field(node, member.name), this.typed(file, member.type, `m${node.id}.${member.name}`));
      }
      const construct =
        node.facts.constructorFunction === undefined ? undefined : file.functions[node.facts.constructorFunction];
      for (const parameter of construct?.facts.parameters ?? []) {
        if (!parameter.property || parameter.type === undefined) continue;
        const name = file.facts.variables[parameter.variable]?.name;
        if (name !== undefined) {
          this.grow(this.field(node, name), this.typed(file, parameter.type, `p${node.id}.${name}`));
        }
      }
    }
  }

  // ---- types

  /** The values that a declared type stands for. `key` tells the declaration apart from others. */
  typed(file: FileNode, type: TypeRef, key: string, variable?: VariableId, depth = 0): Values {
    if (depth > 6) return nothing;
    switch (type.kind) {
      case "union":
      case "intersection":
        return type.of.flatMap((each, index) => this.typed(file, each, `${key}.${index}`, variable, depth + 1));
      case "object":
        return [this.typedValue(file, type, key)];
      case "function":
        return [this.typedValue(file, type, key)];
      case "named":
        return this.named(file, type, key, depth);
      case "array":
      case "typeof":
      case "literal":
      case "other":
        return nothing;
    }
  }

  private named(file: FileNode, type: TypeRef & { kind: "named" }, key: string, depth: number): Values {
    const [first, ...rest] = type.name;
    if (first === undefined) return nothing;
    const argument = type.arguments[0];
    if (rest.length === 0 && argument !== undefined && transparent.has(first)) {
      return this.typed(file, argument, key, undefined, depth + 1);
    }
    const target = this.typeTarget(file, type.name, type.variable);
    if (target === undefined) return nothing;
    switch (target.kind) {
      case "driver": {
        const site = this.interner.site(`declared ${key}`, () => ({
          kind: "declared",
          place: { path: file.path, span: { start: 0, end: 0 } },
        }));
        const handle = this.interner.handle(target.driver, target.type, site);
        return handle === undefined ? nothing : [handle];
      }
      case "class":
        return [this.instance(target.class)];
      case "external":
        return [this.interner.external(target.module, [...target.path, "new"])];
      case "type":
        if (target.type.kind === "object" || target.extends.length > 0) {
          const own: TypeRef = target.type;
          return [
            this.typedValue(target.file, own, target.name),
            ...target.extends.flatMap((each, index) =>
              this.typed(target.file, each, `${key}^${index}`, undefined, depth + 1),
            ),
          ];
        }
        return this.typed(target.file, target.type, key, undefined, depth + 1);
    }
  }

  /** What a type's name means: a driver's type, a class, or an alias or interface of the workspace. */
  private typeTarget(
    file: FileNode,
    name: readonly string[],
    variable: VariableId | undefined,
    depth = 0,
  ): TypeTarget | undefined {
    const [first, ...rest] = name;
    if (first === undefined || depth > 8) return undefined;
    const bound = variable ?? file.facts.variables.findIndex((each) => each.name === first && each.function === 0);
    if (bound < 0) return undefined;
    const imported = file.facts.imports.find((each) => each.variable === bound);
    if (imported !== undefined) {
      const path = imported.imported === "*" ? rest : [imported.imported, ...rest];
      return this.exportedType(file, imported.specifier, path, first, depth + 1);
    }
    const node = file.classes.find((each) => each.facts.variable === bound);
    if (node !== undefined && rest.length === 0) return { kind: "class", class: node };
    const fact = file.facts.types.find((each) => each.variable === bound);
    if (fact !== undefined && rest.length === 0) {
      return { kind: "type", file, name: fact.name, type: fact.type, extends: fact.extends };
    }
    return undefined;
  }

  private exportedType(
    file: FileNode,
    specifier: string,
    path: readonly string[],
    local: string,
    depth: number,
  ): TypeTarget | undefined {
    if (depth > 8) return undefined;
    const resolution = this.around.resolve(file.path, specifier);
    const target = resolution.kind === "file" ? this.around.files.get(resolution.path) : undefined;
    if (target !== undefined) return this.exportedFrom(target, path, local, depth);
    if (resolution.kind === "file") return undefined;
    for (const { driver, exports } of this.around.driverModules(specifier)) {
      const type = driverType(driver, exports, path, local);
      if (type !== undefined) return { kind: "driver", driver, type };
    }
    if (this.around.isExternal(specifier))
      return { kind: "external", module: specifier, path: path[0] === "default" ? [local] : path };
    return undefined;
  }

  private exportedFrom(
    target: FileNode,
    path: readonly string[],
    local: string,
    depth: number,
  ): TypeTarget | undefined {
    const [name, ...rest] = path;
    if (name === undefined || depth > 8) return undefined;
    for (const each of target.facts.exports) {
      if (each.kind === "local" && each.name === name) {
        const found = this.typeTarget(
          target,
          [target.facts.variables[each.variable]?.name ?? name, ...rest],
          each.variable,
          depth + 1,
        );
        if (found !== undefined) return found;
      }
      if (each.kind === "from" && each.name === name) {
        const inner = each.imported === "*" ? rest : [each.imported, ...rest];
        const found = this.exportedType(target, each.specifier, inner, local, depth + 1);
        if (found !== undefined) return found;
      }
    }
    for (const each of target.facts.exports) {
      if (each.kind !== "all") continue;
      const found = this.exportedType(target, each.specifier, path, local, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  // ---- modules

  private importSource(file: FileNode, variable: VariableId): ImportSource | undefined {
    const known = file.imports.get(variable);
    if (known !== undefined) return known;
    const fact = file.facts.imports.find((each) => each.variable === variable);
    if (fact === undefined) return undefined;
    const cells: Cell[] = [];
    const values: Value[] = [];
    this.exported(file, fact.specifier, fact.imported, cells, values, 0);
    const source = { cells, values };
    file.imports.set(variable, source);
    return source;
  }

  private exported(
    file: FileNode,
    specifier: string,
    name: string,
    cells: Cell[],
    values: Value[],
    depth: number,
  ): void {
    if (depth > 12) return;
    const resolution = this.around.resolve(file.path, specifier);
    if (resolution.kind === "file") {
      const target = this.around.files.get(resolution.path);
      if (target === undefined) return;
      if (name === "*") values.push(this.module(target));
      else this.exportedOf(target, name, cells, values, depth + 1);
      return;
    }
    values.push(...this.packageExport(specifier, name));
  }

  private exportedOf(target: FileNode, name: string, cells: Cell[], values: Value[], depth: number): void {
    let found = false;
    for (const each of target.facts.exports) {
      if (each.kind === "local" && each.name === name) {
        found = true;
        const source = this.importSource(target, each.variable);
        if (source !== undefined) {
          cells.push(...source.cells);
          values.push(...source.values);
        } else cells.push(target.variables[each.variable] as Cell);
      } else if (each.kind === "from" && each.name === name) {
        found = true;
        this.exported(target, each.specifier, each.imported, cells, values, depth + 1);
      }
    }
    if (found || name === "default") {
      if (!found && target.facts.commonjs !== undefined) cells.push(target.variables[target.facts.commonjs] as Cell);
      return;
    }
    for (const each of target.facts.exports) {
      if (each.kind === "all") this.exported(target, each.specifier, name, cells, values, depth + 1);
    }
    if (target.facts.commonjs !== undefined)
      values.push(this.interner.intern(`m ${target.index}`, () => ({ kind: "module", file: target })));
  }

  private packageExport(specifier: string, name: string): Values {
    const modules = this.around.driverModules(specifier);
    if (modules.length === 0) {
      if (/^(node:)?util$/.test(specifier))
        return [this.interner.global(name === "*" || name === "default" ? ["util"] : ["util", name])];
      if (!this.around.isExternal(specifier)) return nothing;
      const bare = specifier.startsWith("node:") ? specifier.slice("node:".length) : specifier;
      return bare.startsWith(".")
        ? nothing
        : [this.interner.external(bare, name === "*" || name === "default" ? [] : [name])];
    }
    return union(modules.map(({ driver, exports }) => this.driverExport(driver, exports, specifier, name)));
  }

  private driverExport(
    driver: Driver,
    exports: Readonly<Record<string, ExportDescriptor>>,
    specifier: string,
    name: string,
  ): Values {
    const whole = ownEntry(exports, "=");
    const namespace = (): Value =>
      this.interner.intern(`n ${driver.name} ${specifier}`, () => ({ kind: "namespace", driver, entries: exports }));
    if (name === "*")
      return whole === undefined ? [namespace()] : [namespace(), ...this.exportValue(driver, whole, `${specifier} =`)];
    const entry = ownEntry(exports, name) ?? (name === "default" ? whole : undefined);
    if (entry !== undefined) return this.exportValue(driver, entry, `${specifier} ${name}`);
    return name === "default" ? [namespace()] : nothing;
  }

  private exportValue(driver: Driver, entry: ExportDescriptor, key: string): Values {
    if ("class" in entry) {
      const descriptor = driver.types[entry.class];
      if (descriptor === undefined) return nothing;
      return [
        this.interner.intern(`k ${driver.name} ${entry.class}`, () => ({
          kind: "driver class",
          driver,
          type: entry.class,
          descriptor,
        })),
      ];
    }
    if ("namespace" in entry) {
      return [
        this.interner.intern(`n ${driver.name} ${key}`, () => ({
          kind: "namespace",
          driver,
          entries: entry.namespace,
        })),
      ];
    }
    const site = this.interner.site(`export ${driver.name} ${key}`, () => ({
      kind: "derived",
      place: { path: "", span: { start: 0, end: 0 } },
    }));
    const handle = this.interner.handle(driver, entry.value, site);
    return handle === undefined ? nothing : [handle];
  }

  private module(file: FileNode): Value {
    return this.interner.intern(`m ${file.index}`, () => ({ kind: "module", file }));
  }

  // ---- properties

  /** The cell of a field; its owner is a class, an object literal, a function, or the global object. */
  private field(owner: object, name: string): Cell {
    let cells = this.fields.get(owner);
    if (cells === undefined) {
      cells = new Map();
      this.fields.set(owner, cells);
    }
    let cell = cells.get(name);
    if (cell === undefined) {
      cell = new Cell(this.ownerFile(owner));
      cells.set(name, cell);
      this.own_(cell);
    }
    return cell;
  }

  /** The superclass values of a class. */
  private heritage(node: ClassNode): Cell {
    let cell = this.heritages.get(node);
    if (cell === undefined) {
      cell = new Cell(node.file);
      this.heritages.set(node, cell);
      this.own_(cell);
    }
    return cell;
  }

  private ownerFile(owner: object): FileNode | undefined {
    if (owner === this.globals) return undefined;
    if ("file" in owner) return owner.file as FileNode;
    return "function" in owner ? (owner.function as FunctionNode).file : undefined;
  }

  private own_(cell: Cell): void {
    if (cell.owner === undefined) return;
    let cells = this.fieldCells.get(cell.owner);
    if (cells === undefined) {
      cells = new Set();
      this.fieldCells.set(cell.owner, cells);
    }
    cells.add(cell);
  }

  private staticSide(node: ClassNode): object {
    let owner = this.statics.get(node);
    if (owner === undefined) {
      owner = { file: node.file };
      this.statics.set(node, owner);
    }
    return owner;
  }

  instance(node: ClassNode): Value {
    return this.interner.intern(`i ${node.id}`, () => ({ kind: "instance", class: node }));
  }

  property(values: Values, name: string, reader: FunctionNode): Values {
    if (values.length === 1) return this.propertyOf(values[0] as Value, name, reader, 0);
    return union(values.map((value) => this.propertyOf(value, name, reader, 0)));
  }

  private propertyOf(value: Value, name: string, reader: FunctionNode, depth: number): Values {
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
        return entry === undefined ? nothing : this.exportValue(value.driver, entry, name);
      }
      case "class":
        return this.staticProperty(value.class, name, reader, depth);
      case "instance":
        return this.instanceProperty(value.class, name, reader, depth);
      case "object": {
        const found: Values[] = [];
        for (const source of this.sources(value)) {
          if (source.kind === "object") found.push(this.read(this.field(source, name), reader));
          else found.push(this.propertyOf(source, name, reader, depth + 1));
        }
        return union(found);
      }
      case "typed":
        return this.typedProperty(value.file, value.type, name);
      case "module":
        return this.moduleProperty(value.file, name, reader, depth);
      case "external":
        return value.path.length > 5 ? nothing : [this.interner.external(value.module, [...value.path, name])];
      case "environment":
        return value.name === undefined ? [this.interner.environment(name)] : nothing;
      case "global":
        return this.globalProperty(value.path, name, reader);
      case "closure":
        return this.read(this.field(value.function, name), reader);
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
    return this.interner.intern(key, () => ({
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
        : this.interner.site(`property ${handle.site.id} ${name}`, () => ({
            kind: "derived",
            place: handle.site.place,
            parent: handle,
          }));
      const made = this.interner.handle(handle.driver, returnedType(property), site);
      return made === undefined ? nothing : [made];
    }
    const found = findMember(handle.driver, handle.type, name);
    return found === undefined ? nothing : [this.member(handle.driver, name, found.member, found.owner, handle)];
  }

  private typedProperty(file: FileNode, type: TypeRef, name: string): Values {
    if (type.kind !== "object") return nothing;
    const member = type.members.find((each) => each.name === name);
    if (member === undefined) return nothing;
    return this.typed(file, member.type, `t${file.index}.${name}.${JSON.stringify(member.type).length}`);
  }

  private moduleProperty(file: FileNode, name: string, reader: FunctionNode, depth: number): Values {
    const cells: Cell[] = [];
    const values: Value[] = [];
    for (const each of file.facts.exports) {
      if (each.kind !== "all" && each.name === name) this.exportedOf(file, name, cells, values, depth);
      else if (each.kind === "all") this.exported(file, each.specifier, name, cells, values, depth + 1);
    }
    const found = cells.map((cell) => this.read(cell, reader));
    found.push(values.filter((value) => value.kind !== "module" || value.file !== file));
    if (file.facts.commonjs !== undefined) {
      const whole = this.read(file.variables[file.facts.commonjs] as Cell, reader);
      found.push(...whole.map((value) => this.propertyOf(value, name, reader, depth + 1)));
      if (name === "default") found.push(whole);
    }
    return union(found);
  }

  private globalProperty(path: readonly string[], name: string, reader: FunctionNode): Values {
    if (path.length === 1 && path[0] === "process" && name === "env") return [this.interner.environment()];
    if (path.length === 1 && (path[0] === "globalThis" || path[0] === "global" || path[0] === "window")) {
      return union([this.read(this.field(this.globals, name), reader), [this.interner.global([name])]]);
    }
    return path.length > 3 ? nothing : [this.interner.global([...path, name])];
  }

  private staticProperty(node: ClassNode, name: string, reader: FunctionNode, depth: number): Values {
    const found: Values[] = [];
    const member = node.facts.members.find((each) => each.static && each.name === name);
    if (member?.function !== undefined) found.push(this.memberFunction(node, member.function, member.kind, reader));
    found.push(this.read(this.field(this.staticSide(node), name), reader));
    if (member === undefined) {
      for (const base of this.read(this.heritage(node), reader)) {
        if (base.kind === "class" || base.kind === "driver class")
          found.push(this.propertyOf(base, name, reader, depth + 1));
      }
    }
    return union(found);
  }

  private memberFunction(node: ClassNode, id: number, kind: string, reader: FunctionNode): Values {
    const target = node.file.functions[id];
    if (target === undefined) return nothing;
    return kind === "getter" ? this.read(target.returns, reader) : [this.closure(target)];
  }

  closure(target: FunctionNode): ClosureValue {
    return this.interner.intern(`f ${target.index}`, () => ({ kind: "closure", function: target }));
  }

  private instanceProperty(node: ClassNode, name: string, reader: FunctionNode, depth: number): Values {
    const found: Values[] = [this.read(this.field(node, name), reader)];
    const own = this.ownMethod(node, name, reader, depth);
    if (own.length > 0) found.push(own);
    for (const sub of node.subclasses) {
      found.push(this.read(this.field(sub, name), reader));
      const method = sub.facts.members.find(
        (each) => !each.static && each.name === name && each.function !== undefined,
      );
      if (method?.function !== undefined) found.push(this.memberFunction(sub, method.function, method.kind, reader));
    }
    return union(found);
  }

  private ownMethod(node: ClassNode, name: string, reader: FunctionNode, depth: number): Values {
    const method = node.facts.members.find(
      (each) => !each.static && each.name === name && each.function !== undefined && each.kind !== "setter",
    );
    if (method?.function !== undefined) return this.memberFunction(node, method.function, method.kind, reader);
    if (depth > 8) return nothing;
    const found: Values[] = [];
    for (const base of this.read(this.heritage(node), reader)) {
      if (base.kind === "class") {
        found.push(
          this.read(this.field(base.class, name), reader),
          this.ownMethod(base.class, name, reader, depth + 1),
        );
      }
    }
    if (node.base !== undefined && !node.facts.members.some((each) => each.name === name)) {
      found.push(this.handleProperty(node.base, name));
    }
    return union(found);
  }

  private assign(targets: Values, name: string, values: Values): void {
    for (const target of targets) {
      switch (target.kind) {
        case "instance":
          this.grow(this.field(target.class, name), values);
          break;
        case "class":
          this.grow(this.field(this.staticSide(target.class), name), values);
          break;
        case "object":
          this.grow(this.field(target, name), values);
          break;
        case "closure":
          this.grow(this.field(target.function, name), values);
          break;
        case "global":
          if (target.path.length === 1) this.grow(this.field(this.globals, name), values);
          break;
        default:
          break;
      }
    }
  }

  // ---- instructions

  private evaluate(each: FunctionNode): void {
    const registers: Values[] = [];
    this.current = each;
    this.evaluated.add(each);
    each.file.driverCalls = undefined;
    each.calls = new Map();
    each.registers = registers;
    for (const block of each.facts.blocks) {
      for (const instruction of block.instructions) this.step(each, registers, instruction);
      if (block.end.kind === "return" && block.end.value !== undefined) {
        this.grow(each.returns, registers[block.end.value] ?? nothing);
      }
    }
  }

  private step(each: FunctionNode, registers: Values[], instruction: Instruction): void {
    const get = (register: number): Values => registers[register] ?? nothing;
    switch (instruction.op) {
      case "literal":
        if (typeof instruction.value !== "string" || instruction.value.length < 20_000) {
          registers[instruction.dst] = [this.interner.constant(instruction.value)];
        }
        return;
      case "template":
        registers[instruction.dst] = [this.text(each, instruction.dst)];
        return;
      case "object": {
        const value = this.object(each, instruction.dst, false);
        for (const entry of instruction.entries) {
          if (entry.key !== undefined) {
            this.grow(this.field(value, entry.key), get(entry.value));
            this.own(value, get(entry.value));
          } else if (entry.spread) this.spread(value, get(entry.value));
          else this.grow(this.field(value, "[]"), get(entry.value));
        }
        registers[instruction.dst] = [value];
        return;
      }
      case "array": {
        const value = this.object(each, instruction.dst, true);
        instruction.elements.forEach((element, index) => {
          const values = element.spread ? this.elements(get(element.value), undefined, each) : get(element.value);
          this.grow(this.field(value, "[]"), values);
          if (!element.spread) this.grow(this.field(value, `#${index}`), values);
        });
        registers[instruction.dst] = [value];
        return;
      }
      case "load":
        registers[instruction.dst] = this.load(each, instruction.variable);
        return;
      case "store":
        this.grow(each.file.variables[instruction.variable] as Cell, get(instruction.value));
        return;
      case "global":
        registers[instruction.dst] =
          instruction.name === "undefined"
            ? [this.interner.constant(undefined)]
            : this.globalNamed(instruction.name, each);
        return;
      case "this":
        registers[instruction.dst] = this.receiverOf(each);
        return;
      case "super":
        registers[instruction.dst] = this.superOf(each);
        return;
      case "get":
        registers[instruction.dst] = this.property(get(instruction.object), instruction.property, each);
        return;
      case "set":
        this.assign(get(instruction.object), instruction.property, get(instruction.value));
        return;
      case "index": {
        const keys = get(instruction.key);
        const found = keys.flatMap((key) =>
          key.kind === "constant" && typeof key.value === "string"
            ? this.property(get(instruction.object), key.value, each)
            : [],
        );
        registers[instruction.dst] =
          found.length > 0 ? union([found]) : this.elements(get(instruction.object), undefined, each);
        return;
      }
      case "setIndex":
        this.assign(get(instruction.object), "[]", get(instruction.value));
        return;
      case "rest":
        registers[instruction.dst] = get(instruction.object);
        return;
      case "element":
        registers[instruction.dst] = this.elements(get(instruction.collection), instruction.index, each);
        return;
      case "closure": {
        const target = each.file.functions[instruction.function];
        if (target !== undefined) registers[instruction.dst] = [this.closure(target)];
        return;
      }
      case "class": {
        const node = each.file.classes[instruction.class];
        if (node === undefined) return;
        if (node.facts.superclass !== undefined) this.inherit(node, get(node.facts.superclass), each);
        registers[instruction.dst] = [this.interner.intern(`class ${node.id}`, () => ({ kind: "class", class: node }))];
        return;
      }
      case "call": {
        const result = this.call(each, registers, instruction);
        registers[instruction.dst] = result;
        return;
      }
      case "await":
        registers[instruction.dst] = get(instruction.value).filter((value) => !isBuilder(value));
        return;
      case "yield":
        if (instruction.value !== undefined) {
          this.grow(each.returns, get(instruction.value));
          registers[instruction.dst] = get(instruction.value);
        }
        return;
      case "import":
        registers[instruction.dst] = this.required(each, instruction.specifier);
        return;
      case "either":
        registers[instruction.dst] = union(instruction.values.map(get));
        return;
      case "operation":
      case "dispose":
      case "unknown":
        return;
    }
  }

  private object(each: FunctionNode, register: number, array: boolean): ObjectValue {
    const label = register < 0 ? `rest ${register}` : labelOf(each, register);
    const value: ObjectValue = this.interner.intern(`l ${each.index} ${label}`, () => ({
      kind: "object",
      function: each,
      register,
      array,
    }));
    value.register = register;
    return value;
  }

  private text(each: FunctionNode, register: number): Value {
    const value: TextValue = this.interner.intern(`t ${each.index} ${labelOf(each, register)}`, () => ({
      kind: "text",
      function: each,
      register,
    }));
    value.register = register;
    return value;
  }

  private typedValue(file: FileNode, type: TypeRef, key: string): Value {
    const value: TypedValue = this.interner.intern(`o ${file.index} ${key}`, () => ({ kind: "typed", file, type }));
    value.type = type;
    return value;
  }

  /** Functions in an object literal are called on that object. */
  private own(owner: ObjectValue, values: Values): void {
    for (const value of values) {
      if (
        value.kind === "closure" &&
        value.function.facts.kind !== "arrow" &&
        value.function.facts.class === undefined
      ) {
        this.grow(value.function.receiver, [owner]);
      }
    }
  }

  private spread(target: ObjectValue, values: Values): void {
    let known = this.spreads.get(target);
    if (known === undefined) {
      known = new Set();
      this.spreads.set(target, known);
    }
    for (const value of values) {
      if (value === target || known.has(value)) continue;
      if (value.kind === "object" || value.kind === "typed" || value.kind === "instance" || value.kind === "module")
        known.add(value);
    }
  }

  private elements(values: Values, index: number | undefined, reader: FunctionNode): Values {
    const found: Values[] = [];
    for (const value of values) {
      if (value.kind !== "object") continue;
      const exact = index === undefined ? nothing : this.read(this.field(value, `#${index}`), reader);
      if (exact.length > 0) found.push(exact);
      else {
        for (const source of this.sources(value)) {
          if (source.kind === "object") found.push(this.read(this.field(source, "[]"), reader));
        }
      }
    }
    return union(found);
  }

  /** An object and everything that was spread into it, over any number of spreads: they may go round in circles. */
  private sources(value: ObjectValue): Iterable<Value> {
    if (!this.spreads.has(value)) return [value];
    const found = new Set<Value>([value]);
    for (const one of found) {
      if (one.kind !== "object") continue;
      for (const spread of this.spreads.get(one) ?? []) found.add(spread);
    }
    return found;
  }

  private load(each: FunctionNode, variable: VariableId): Values {
    const own = this.read(each.file.variables[variable] as Cell, each);
    if (each.file.facts.variables[variable]?.kind !== "import") return own;
    const source = this.importSource(each.file, variable);
    if (source === undefined) return own;
    const fact = each.file.facts.imports.find((one) => one.variable === variable);
    const modules = source.values.flatMap((value) =>
      value.kind === "module" && fact !== undefined && fact.imported !== "*"
        ? this.propertyOf(value, fact.imported, each, 0)
        : [value],
    );
    return union([...source.cells.map((cell) => this.read(cell, each)), modules, own]);
  }

  private globalNamed(name: string, reader: FunctionNode): Values {
    return union([this.read(this.field(this.globals, name), reader), [this.interner.global([name])]]);
  }

  private receiverOf(each: FunctionNode): Values {
    let node: FunctionNode | undefined = each;
    while (node !== undefined && node.facts.kind === "arrow" && node.facts.parent !== undefined) {
      node = node.file.functions[node.facts.parent];
    }
    if (node === undefined) return nothing;
    const owner = node.facts.class === undefined ? undefined : node.file.classes[node.facts.class];
    if (owner !== undefined) {
      return node.facts.static
        ? [this.interner.intern(`class ${owner.id}`, () => ({ kind: "class", class: owner }))]
        : [this.instance(owner)];
    }
    return this.read(node.receiver, each);
  }

  private superOf(each: FunctionNode): Values {
    const found: Value[] = [];
    for (const value of this.receiverOf(each)) {
      if (value.kind !== "instance" && value.kind !== "class") continue;
      for (const base of this.read(this.heritage(value.class), each)) {
        if (base.kind === "class") found.push(value.kind === "class" ? base : this.instance(base.class));
        if (base.kind === "driver class" && value.kind === "instance" && value.class.base !== undefined)
          found.push(value.class.base);
      }
    }
    return found;
  }

  private inherit(node: ClassNode, bases: Values, each: FunctionNode): void {
    this.grow(
      this.heritage(node),
      bases.filter((base) => base.kind === "class" || base.kind === "driver class"),
    );
    for (const base of bases) {
      if (base.kind === "class" && base.class !== node) {
        base.class.subclasses.add(node);
        node.superclasses.add(base.class);
        if (base.class.base !== undefined && node.base === undefined)
          this.setBase(node, base.class.base.driver, base.class.base.type, each);
      }
      if (base.kind === "driver class" && node.base === undefined) this.setBase(node, base.driver, base.type, each);
    }
  }

  private setBase(node: ClassNode, driver: Driver, type: TypeName, each: FunctionNode): void {
    const site = this.interner.site(`class ${node.id}`, () => ({
      kind: "opens",
      place: { path: node.file.path, span: node.facts.nameSpan ?? node.facts.span },
      function: each,
    }));
    const handle = this.interner.handle(driver, type, site);
    if (handle === undefined) return;
    node.base = handle;
    for (const one of node.file.functions) this.enqueue(one);
    for (const sub of node.subclasses) if (sub.base === undefined) this.setBase(sub, driver, type, each);
  }

  private required(each: FunctionNode, specifier: string): Values {
    const resolution = this.around.resolve(each.file.path, specifier);
    if (resolution.kind === "file") {
      const target = this.around.files.get(resolution.path);
      if (target === undefined) return nothing;
      const whole =
        target.facts.commonjs === undefined
          ? nothing
          : this.read(target.variables[target.facts.commonjs] as Cell, each);
      return union([[this.module(target)], whole]);
    }
    return this.packageExport(specifier, "*");
  }

  // ---- calls

  private call(each: FunctionNode, registers: Values[], call: CallInstruction): Values {
    const args = call.arguments.map((argument) => registers[argument.value] ?? nothing);
    const callees = registers[call.callee] ?? nothing;
    const receivers = call.receiver === undefined ? nothing : (registers[call.receiver] ?? nothing);
    const outcome: Outcome = { targets: [], driver: [], external: [], builtin: false, values: [] };
    if (this.superCall(each, registers, call, args, outcome)) {
      each.calls.set(call, outcome);
      return nothing;
    }
    for (const callee of callees) this.enter(each, call, callee, receivers, args, outcome);
    if (callees.length === 0 || callees.every((callee) => callee.kind === "global" || callee.kind === "external")) {
      if (this.builtin(each, call, receivers, args, outcome)) outcome.builtin = true;
      else this.strange(each, args, outcome);
    }
    each.calls.set(call, outcome);
    return union(outcome.values);
  }

  private enter(
    each: FunctionNode,
    call: CallInstruction,
    callee: Value,
    receivers: Values,
    args: readonly Values[],
    outcome: Outcome,
  ): void {
    switch (callee.kind) {
      case "closure":
        this.bind(each, call, callee.function, args, receivers, outcome);
        return;
      case "class":
        if (call.style !== "new") return;
        callee.class.constructions.set(call, each);
        each.file.constructing.add(callee.class);
        this.construct(each, call, callee.class, args, outcome);
        return;
      case "driver class": {
        const member = inherited(callee.driver, callee.type, call.style === "new" ? "new" : "call");
        const made = member ?? (call.style === "new" ? { returns: callee.type } : undefined);
        if (made !== undefined)
          this.apply(each, call, callee.driver, callee.type, made, undefined, args, outcome, callee.type);
        return;
      }
      case "handle": {
        const member =
          call.style === "tag"
            ? (inherited(callee.driver, callee.type, "tag") ?? inherited(callee.driver, callee.type, "call"))
            : inherited(callee.driver, callee.type, "call");
        if (member !== undefined) this.apply(each, call, callee.driver, callee.type, member, callee, args, outcome);
        return;
      }
      case "instance": {
        const base = callee.class.base;
        if (base !== undefined) this.enter(each, call, base, receivers, args, outcome);
        return;
      }
      case "member":
        this.apply(each, call, callee.driver, callee.name, callee.member, callee.receiver, args, outcome);
        return;
      case "typed":
        if (callee.type.kind === "function" && callee.type.returns !== undefined) {
          outcome.values.push(
            this.typed(callee.file, callee.type.returns, `y${each.index}.${labelOf(each, call.dst)}`),
          );
        }
        return;
      case "external":
        outcome.external.push(callee);
        if (callee.path.length < 6) {
          outcome.values.push([
            this.interner.external(callee.module, [...callee.path, call.style === "new" ? "new" : "()"]),
          ]);
        }
        return;
      case "global":
        outcome.external.push(callee);
        return;
      default:
        return;
    }
  }

  private superCall(
    each: FunctionNode,
    registers: Values[],
    call: CallInstruction,
    args: readonly Values[],
    outcome: Outcome,
  ): boolean {
    if (call.style !== "call" || call.receiver !== undefined || definition(each, call.callee)?.op !== "super")
      return false;
    const owner = each.facts.class === undefined ? undefined : each.file.classes[each.facts.class];
    if (owner === undefined) return true;
    for (const base of this.read(this.heritage(owner), each)) {
      if (base.kind === "class") this.construct(each, call, base.class, args, outcome);
      if (base.kind === "driver class" && owner.base !== undefined) {
        const member = inherited(base.driver, base.type, "new");
        const signature = member === undefined ? undefined : overload(member, call, this.argumentValues(args, each));
        if (signature !== undefined) {
          this.wrapBase(owner.base, signature, call, args, each);
          outcome.driver.push({
            driver: base.driver,
            name: base.type,
            signature,
            effects: signature.effects ?? [],
            result: owner.base,
            callbacks: [],
          });
        }
      }
    }
    void registers;
    return true;
  }

  /** `super({ adapter })`: the class stands on a pool that was opened elsewhere. */
  private wrapBase(
    base: HandleValue,
    signature: Signature,
    call: CallInstruction,
    args: readonly Values[],
    each: FunctionNode,
  ): void {
    for (const effect of signature.effects ?? []) {
      if (effect.does !== "wraps") continue;
      const inner = this.inSlot(effect.handle, call, args, undefined, each);
      if (inner !== undefined && inner.site !== base.site) Object.assign(base.site, { kind: "wraps", parent: inner });
    }
  }

  private bind(
    each: FunctionNode,
    call: CallInstruction,
    target: FunctionNode,
    args: readonly Values[],
    receivers: Values,
    outcome: Outcome,
  ): void {
    outcome.targets.push(target);
    this.called(target, call, each);
    this.pass(target, args, call, each);
    if (receivers.length > 0 && target.facts.class === undefined) this.grow(target.receiver, receivers);
    outcome.values.push(this.read(target.returns, each));
  }

  private called(target: FunctionNode, call: CallInstruction, each: FunctionNode): void {
    target.callers.set(call, each);
    each.file.calling.add(target);
  }

  /** Hands arguments to a function's parameters. */
  private pass(
    target: FunctionNode,
    args: readonly Values[],
    call: CallInstruction | undefined,
    each: FunctionNode,
  ): void {
    const spreadAt = call?.arguments.findIndex((argument) => argument.spread) ?? -1;
    target.facts.parameters.forEach((parameter, index) => {
      const cell = target.file.variables[parameter.variable];
      if (cell === undefined) return;
      if (spreadAt >= 0 && index >= spreadAt) {
        this.grow(cell, this.elements(args[spreadAt] ?? nothing, index - spreadAt, each));
      } else if (parameter.rest) {
        const rest = this.object(target, -1 - index, true);
        args.slice(index).forEach((values, offset) => {
          this.grow(this.field(rest, "[]"), values);
          this.grow(this.field(rest, `#${offset}`), values);
        });
        this.grow(cell, [rest]);
      } else this.grow(cell, args[index] ?? nothing);
    });
  }

  private construct(
    each: FunctionNode,
    call: CallInstruction,
    node: ClassNode,
    args: readonly Values[],
    outcome: Outcome,
  ): void {
    let owner: ClassNode | undefined = node;
    for (let depth = 0; owner !== undefined && depth < 8; depth++) {
      const id: number | undefined = owner.facts.constructorFunction;
      const target = id === undefined ? undefined : owner.file.functions[id];
      if (target !== undefined) {
        outcome.targets.push(target);
        this.called(target, call, each);
        this.pass(target, args, call, each);
        break;
      }
      owner = [...owner.superclasses][0];
    }
    if (node.base !== undefined && owner === undefined) {
      const member = inherited(node.base.driver, node.base.type, "new");
      const signature = member === undefined ? undefined : overload(member, call, this.argumentValues(args, each));
      if (signature !== undefined) {
        outcome.driver.push({
          driver: node.base.driver,
          name: node.base.type,
          signature,
          effects: signature.effects ?? [],
          result: node.base,
          callbacks: [],
        });
      }
    }
    this.read(this.heritage(node), each);
    outcome.values.push([this.instance(node)]);
  }

  /** A call of a driver: makes handles, feeds callbacks. */
  private apply(
    each: FunctionNode,
    call: CallInstruction,
    driver: Driver,
    name: string,
    member: Member,
    receiver: HandleValue | undefined,
    args: readonly Values[],
    outcome: Outcome,
    constructed?: TypeName,
  ): void {
    const signature = overload(member, call, this.argumentValues(args, each));
    if (signature === undefined) return;
    const effects = signature.effects ?? [];
    const callbacks: FunctionNode[] = [];
    const result = this.made(each, call, driver, signature, effects, receiver, args, constructed);
    this.feed(each, call, driver, signature, effects, receiver, result, args, callbacks, outcome);
    outcome.driver.push({
      driver,
      name,
      signature,
      effects,
      callbacks,
      ...(receiver === undefined ? {} : { receiver }),
      ...(result === undefined ? {} : { result }),
    });
    if (result !== undefined) outcome.values.push([result]);
    for (const effect of effects) {
      if (effect.does !== "passes through") continue;
      const index = argumentIndex(effect.handle, call);
      if (index !== undefined) outcome.values.push(args[index] ?? nothing);
    }
  }

  private made(
    each: FunctionNode,
    call: CallInstruction,
    driver: Driver,
    signature: Signature,
    effects: readonly Effect[],
    receiver: HandleValue | undefined,
    args: readonly Values[],
    constructed: TypeName | undefined,
  ): HandleValue | undefined {
    const returns = signature.returns ?? constructed;
    if (returns === undefined) return undefined;
    const type = returnedType(returns);
    const role = driver.types[type]?.role;
    const at = (kind: Site["kind"], parent: HandleValue | undefined): HandleValue | undefined =>
      this.interner.handle(
        driver,
        type,
        this.interner.site(`${kind} ${each.index} ${labelOf(each, call.dst)}`, () => ({
          kind,
          place: { path: each.file.path, span: call.span },
          function: each,
          call,
          ...(parent === undefined ? {} : { parent }),
        })),
      );
    for (const effect of effects) {
      switch (effect.does) {
        case "wraps": {
          const inner = this.inSlot(effect.handle, call, args, receiver, each);
          if (inner !== undefined) return at("wraps", inner);
          if (!effects.some((one) => one.does === "opens")) return at("wraps", undefined);
          break;
        }
        case "opens":
          return at("opens", undefined);
        case "acquires":
          return at("acquires", receiver);
        case "begins":
          if (effect.handle === "result") return at("begins", receiver);
          break;
        case "moves to": {
          const target = this.inSlot(effect.handle, call, args, receiver, each);
          if (target !== undefined) return this.interner.handle(driver, type, target.site);
          break;
        }
        default:
          break;
      }
    }
    if (receiver !== undefined && (returnsSame(returns) || role === "query")) {
      const kept =
        returnsSame(returns) && receiver.driver === driver && isA(driver, receiver.type, type) ? receiver.type : type;
      return this.interner.handle(driver, kept, receiver.site);
    }
    return at("derived", receiver);
  }

  private argumentValues(args: readonly Values[], reader: FunctionNode): ArgumentValues {
    return (index, property) => this.dotted(args[index] ?? nothing, property, reader);
  }

  /** A dotted property of values: `client.pool`. */
  dotted(values: Values, property: string | undefined, reader: FunctionNode): Values {
    if (property === undefined) return values;
    return property.split(".").reduce((found: Values, name) => this.property(found, name, reader), values);
  }

  /** The handle that stands in a slot of a call. */
  inSlot(
    slot: Slot,
    call: CallInstruction,
    args: readonly Values[],
    receiver: HandleValue | undefined,
    each: FunctionNode,
  ): HandleValue | undefined {
    if (slot === "receiver") return receiver;
    if (typeof slot === "string") return undefined;
    if ("property" in slot) {
      const indexes = typeof slot.argument === "number" ? [slot.argument] : call.arguments.map((_, index) => index);
      for (const index of indexes) {
        const handle = this.handleIn(this.dotted(args[index] ?? nothing, slot.property, each), each);
        if (handle !== undefined) return handle;
      }
      return undefined;
    }
    const index = argumentIndex(slot, call);
    return index === undefined ? undefined : this.handleIn(args[index] ?? nothing, each);
  }

  /** A handle among values, or what a function among them returns. */
  private handleIn(values: Values, reader: FunctionNode): HandleValue | undefined {
    const direct = firstHandle(values);
    if (direct !== undefined) return direct;
    for (const value of values) {
      if (value.kind !== "closure") continue;
      const returned = firstHandle(this.read(value.function.returns, reader));
      if (returned !== undefined) return returned;
    }
    return undefined;
  }

  private feed(
    each: FunctionNode,
    call: CallInstruction,
    driver: Driver,
    signature: Signature,
    effects: readonly Effect[],
    receiver: HandleValue | undefined,
    result: HandleValue | undefined,
    args: readonly Values[],
    callbacks: FunctionNode[],
    outcome: Outcome,
  ): void {
    const slots = new Set<Slot>();
    for (const effect of effects) if ("callback" in effect) slots.add(effect.callback);
    for (const one of signature.calls ?? []) slots.add(one.callback);
    const kind: Site["kind"] = effects.some((effect) => effect.does === "acquires")
      ? "acquires"
      : effects.some((effect) => effect.does === "runs in transaction")
        ? "callback"
        : "derived";
    for (const slot of slots) {
      const types =
        signature.calls?.find((one) => one.callback === slot || JSON.stringify(one.callback) === JSON.stringify(slot))
          ?.with ?? [];
      const handed: Values[] = types.map((type) => {
        if (type === undefined) return nothing;
        if (kind === "acquires" && result !== undefined) return wrap(this.interner.handle(driver, type, result.site));
        const site = this.interner.site(`${kind} ${each.index} ${labelOf(each, call.dst)}`, () => ({
          kind,
          place: { path: each.file.path, span: call.span },
          function: each,
          call,
          ...(receiver === undefined ? {} : { parent: receiver }),
        }));
        return wrap(this.interner.handle(driver, type, site));
      });
      for (const target of this.functionsIn(slot, call, args, each)) {
        callbacks.push(target);
        this.pass(target, handed, undefined, each);
        this.called(target, call, each);
        if (signature.returns === undefined) outcome.values.push(this.read(target.returns, each));
      }
    }
  }

  private functionsIn(slot: Slot, call: CallInstruction, args: readonly Values[], each: FunctionNode): FunctionNode[] {
    if (slot === "decorated") return decorated(each, call);
    if (typeof slot === "string") return [];
    const index = argumentIndex(slot, call);
    let values: Values = index === undefined ? nothing : (args[index] ?? nothing);
    if ("property" in slot) values = this.dotted(values, slot.property, each);
    return values.flatMap((value) => (value.kind === "closure" ? [value.function] : []));
  }

  /** Constructs of the language that hand values on. False where the call is none of them. */
  private builtin(
    each: FunctionNode,
    call: CallInstruction,
    receivers: Values,
    args: readonly Values[],
    outcome: Outcome,
  ): boolean {
    const callee = outcome.external[0];
    if (callee?.kind === "global") {
      const name = callee.path.join(".");
      if (call.style === "new" && collections.has(name)) {
        const made = this.object(each, call.dst, name === "Array");
        this.grow(this.field(made, "[]"), this.elements(this.elements(args[0] ?? nothing, undefined, each), 1, each));
        outcome.values.push([made]);
        return true;
      }
      if (combinators.has(name)) {
        const made = this.object(each, call.dst, true);
        for (const value of args[0] ?? nothing) {
          if (value.kind !== "object") continue;
          this.grow(this.field(made, "[]"), this.read(this.field(value, "[]"), each));
          for (let index = 0; index < 8; index++) {
            const cell = this.fields.get(value)?.get(`#${index}`);
            if (cell !== undefined) this.grow(this.field(made, `#${index}`), this.read(cell, each));
          }
        }
        outcome.values.push(
          name === "Promise.race" || name === "Promise.any" ? this.elements([made], undefined, each) : [made],
        );
        return true;
      }
      if (identities.has(name)) {
        outcome.values.push(args[0] ?? nothing);
        if (name === "Object.assign") {
          for (const target of args[0] ?? nothing) {
            if (target.kind === "object") for (const source of args.slice(1)) this.spread(target, source);
          }
        }
        return true;
      }
      if (name === "util.promisify") {
        const promised = (args[0] ?? nothing).map((value) =>
          value.kind === "external" ? this.interner.external(value.module, ["promises", ...value.path]) : value,
        );
        outcome.values.push(promised);
        return true;
      }
      if (harmless.has(name.split(".")[0] as string)) return true;
      return false;
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
      this.pass(target, handed, undefined, each);
      this.called(target, call, each);
      outcome.targets.push(target);
    };
    switch (call.property) {
      case "then":
        for (const target of functions(0)) {
          run(target, [receivers]);
          outcome.values.push(this.read(target.returns, each));
        }
        if (args.length === 0 || functions(0).length === 0) outcome.values.push(receivers);
        return true;
      case "catch":
      case "finally":
        for (const target of [...functions(0), ...functions(1)]) {
          run(target, []);
          if (call.property === "catch") outcome.values.push(this.read(target.returns, each));
        }
        outcome.values.push(receivers);
        return true;
      case "bind":
      case "call":
      case "apply":
        for (const value of receivers) {
          if (call.property === "bind") {
            outcome.values.push([value]);
            if (value.kind === "closure" && value.function.facts.class === undefined)
              this.grow(value.function.receiver, args[0] ?? nothing);
          } else if (value.kind === "closure") {
            const rest = call.property === "call" ? args.slice(1) : [this.elements(args[1] ?? nothing, 0, each)];
            this.bind(each, { ...call, arguments: [] }, value.function, rest, args[0] ?? nothing, outcome);
          }
        }
        return receivers.length > 0;
      default:
        return this.collectionMethod(each, call, receivers, args, outcome, functions, run);
    }
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
      const handed = this.elements(receivers, undefined, each);
      const made = this.object(each, call.dst, true);
      for (const target of functions(0)) {
        run(target, property === "reduce" ? [nothing, handed] : [handed]);
        this.grow(this.field(made, "[]"), property === "filter" ? handed : this.read(target.returns, each));
      }
      if (property === "find" || property === "findLast") outcome.values.push(handed);
      else if (property === "reduce") outcome.values.push(this.read(this.field(made, "[]"), each));
      else if (property !== "forEach") outcome.values.push([made]);
      return true;
    }
    if (receivers.length === 0 || !receivers.every((value) => value.kind === "object")) return false;
    switch (property) {
      case "get":
      case "at":
      case "pop":
      case "shift":
        outcome.values.push(this.elements(receivers, undefined, each));
        return true;
      case "values":
      case "slice":
      case "reverse":
      case "concat":
        outcome.values.push(receivers);
        return true;
      case "set":
        this.assign(receivers, "[]", args[1] ?? nothing);
        outcome.values.push(receivers);
        return true;
      case "push":
      case "unshift":
      case "add":
        for (const values of args) this.assign(receivers, "[]", values);
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

  /** A callee that is not in sight: it may keep what it is given, and call what it is given. */
  private strange(each: FunctionNode, args: readonly Values[], outcome: Outcome): void {
    for (const values of args) {
      for (const value of values) {
        if (value.kind === "closure") {
          if (!value.function.escapes) value.function.escapes = true;
          // Memoisers, retries and singletons of other packages return what their callback made.
          outcome.values.push(
            this.read(value.function.returns, each).filter((one) => one.kind === "handle" || one.kind === "instance"),
          );
        }
        if (value.kind === "handle") each.file.escaped.add(value.site);
        if (value.kind === "instance" && value.class.base !== undefined) each.file.escaped.add(value.class.base.site);
      }
    }
  }
}

/** The method that a decorator's call stands on. */
function decorated(each: FunctionNode, call: CallInstruction): FunctionNode[] {
  for (const node of each.file.facts.classes) {
    for (const member of node.members) {
      const stands = member.decorators.some(({ span }) => span.start <= call.span.start && call.span.end <= span.end);
      const target = stands && member.function !== undefined ? each.file.functions[member.function] : undefined;
      if (target !== undefined) return [target];
    }
  }
  return [];
}

/** What other files see of a file by name alone: exports, imports that are handed on, types. */
function shapeOf(facts: FileFacts): string {
  const named = (id: number): string => facts.variables[id]?.name ?? "";
  return JSON.stringify(
    [
      facts.exports.map((each) => (each.kind === "local" ? [each.name, named(each.variable)] : each)),
      facts.imports.map((each) => [each.specifier, each.imported, named(each.variable)]),
      facts.commonjs === undefined ? "" : named(facts.commonjs),
      facts.types.map((each) => [each.name, each.type, each.extends]),
      facts.classes.map((each) => [
        each.name,
        each.heritage,
        each.members.map((member) => [member.name, member.kind, member.static, member.type]),
      ]),
    ],
    (key, value) => (key === "variable" || key === "span" || key === "nameSpan" ? undefined : value),
  );
}

interface Outcome {
  readonly targets: FunctionNode[];
  readonly driver: DriverCall[];
  readonly external: Resolved["external"][number][];
  builtin: boolean;
  readonly values: Values[];
}

type TypeTarget =
  | { readonly kind: "driver"; readonly driver: Driver; readonly type: TypeName }
  | { readonly kind: "class"; readonly class: ClassNode }
  | { readonly kind: "external"; readonly module: string; readonly path: readonly string[] }
  | {
      readonly kind: "type";
      readonly file: FileNode;
      readonly name: string;
      readonly type: TypeRef;
      readonly extends: readonly TypeRef[];
    };

const transparent = new Set([
  "Promise",
  "PromiseLike",
  "Readonly",
  "Partial",
  "Required",
  "Awaited",
  "NonNullable",
  "Omit",
  "Pick",
]);
const collections = new Set(["Map", "WeakMap", "Set", "WeakSet", "Array"]);
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
const iterations = new Set(["map", "forEach", "filter", "find", "findLast", "flatMap", "some", "every", "reduce"]);

/** Return types are believed for handles and instances alone: a declared string tells nothing. */
const declaredObject = (value: Value): boolean =>
  value.kind === "handle" || value.kind === "instance" || value.kind === "typed";

/** Awaiting a query builder runs it: what comes out is rows. */
const isBuilder = (value: Value): boolean =>
  value.kind === "handle" && value.descriptor.role === "query" && value.descriptor.anyMember !== undefined;

const wrap = (value: Value | undefined): Values => (value === undefined ? nothing : [value]);

export function firstHandle(values: Values): HandleValue | undefined {
  for (const value of values) {
    if (value.kind === "handle") return value;
    if (value.kind === "instance" && value.class.base !== undefined) return value.class.base;
  }
  return undefined;
}

export function union(sets: readonly Values[]): Values {
  const filled = sets.filter((set) => set.length > 0);
  if (filled.length <= 1) return filled[0] ?? nothing;
  return [...new Set(filled.flat())];
}

function driverType(
  driver: Driver,
  exports: Readonly<Record<string, ExportDescriptor>>,
  path: readonly string[],
  local: string,
): TypeName | undefined {
  const dotted = path.join(".");
  const qualified = path[0] === "default" || path[0] === "=" ? [local, ...path.slice(1)].join(".") : dotted;
  for (const [type, descriptor] of Object.entries(driver.types)) {
    if (descriptor.names?.includes(dotted) || descriptor.names?.includes(qualified)) return type;
  }
  let entry: ExportDescriptor | undefined = ownEntry(exports, path[0] ?? "");
  for (const part of path.slice(1))
    entry = entry !== undefined && "namespace" in entry ? ownEntry(entry.namespace, part) : undefined;
  if (entry !== undefined && "class" in entry) return entry.class;
  const last = path[path.length - 1];
  return last !== undefined && Object.hasOwn(driver.types, last) && path.length === 1 ? last : undefined;
}

export { unresolved };
