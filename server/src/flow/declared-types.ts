import type { Driver, ExportDescriptor, TypeName } from "../core/driver.ts";
import type { FileFacts, TypeRef, VariableFact, VariableId } from "../core/facts.ts";
import { ownEntry } from "./calls.ts";
import type { Cell } from "./cells.ts";
import type { Fields } from "./fields.ts";
import type { Flow } from "./flow.ts";
import { driverLanguage, externalName, type FileNode, type FunctionNode, nodeOf } from "./program.ts";
import { type ClassNode, distinct, nothing, type TypedValue, type Value, type Values } from "./values.ts";

/** Declared types → values: a variable declared as `Pool` holds one, whoever puts it there. */
export class DeclaredTypes {
  private readonly leading = new WeakMap<TypeRef, boolean>();
  /** By interface; what implements what is part of a file's shape. */
  private implementations: ReadonlyMap<string, readonly ClassNode[]> | undefined;
  /** What a file gives others under a name: one that many barrels hand on is asked for again and again. */
  private readonly given = new Map<FileNode, Map<string, TypeTarget | undefined>>();

  constructor(
    private readonly flow: Flow,
    private readonly fields: Fields,
  ) {}

  /** Types are read anew: a file has others. */
  forget(): void {
    this.given.clear();
  }

  /** Declared types, and functions and classes by name. */
  seed(file: FileNode): void {
    const typed = [...file.facts.variables.entries()].filter(([, { type }]) => type !== undefined);
    // Several that are called the same are told apart by which comes last, whatever their numbers are.
    for (const [id] of typed.sort(([, a], [, b]) => a.span.start - b.span.start)) this.seedVariable(file, id);
    for (const each of file.functions) this.seedReturned(each);
    for (const node of file.classes) {
      for (const member of node.facts.members) {
        if (member.type === undefined || member.function !== undefined) continue;
        this.flow.grow(this.fields.field(node, member.name), this.of(file, member.type, `m${node.id}.${member.name}`));
      }
      const construct =
        node.facts.constructorFunction === undefined ? undefined : nodeOf(file, node.facts.constructorFunction);
      for (const parameter of construct?.facts.parameters ?? []) {
        if (!parameter.property || parameter.type === undefined) continue;
        const name = file.facts.variables[parameter.variable]?.name;
        if (name !== undefined) {
          this.flow.grow(this.fields.field(node, name), this.of(file, parameter.type, `p${node.id}.${name}`));
        }
      }
    }
  }

  /** The declared types of one function. */
  seedFunction(each: FunctionNode): void {
    for (const [id, one] of each.file.facts.variables.entries())
      if (one.function === each.facts.id) this.seedVariable(each.file, id);
    this.seedReturned(each);
  }

  private seedVariable(file: FileNode, id: VariableId): void {
    const { type, name, function: owner } = file.facts.variables[id] as VariableFact;
    if (type === undefined) return;
    const key = `v${file.index}.${name}.${nodeOf(file, owner)?.index}`;
    this.flow.grow(file.variables[id] as Cell, this.of(file, type, key, id));
  }

  private seedReturned(each: FunctionNode): void {
    const { facts, file } = each;
    if (facts.returnType !== undefined && facts.kind !== "constructor")
      this.flow.grow(each.returns, this.of(file, facts.returnType, `r${each.index}`).filter(declaredObject));
  }

  /** The values that a declared type stands for. `key` tells the declaration apart from others. */
  of(file: FileNode, type: TypeRef, key: string, variable?: VariableId, depth = 0): Values {
    if (depth > 6) return nothing;
    switch (type.kind) {
      case "union":
      case "intersection":
        return distinct(type.of.flatMap((each, index) => this.of(file, each, `${key}.${index}`, variable, depth + 1)));
      case "object":
      case "function":
        return this.leads(file, type) ? [this.typedValue(file, type, key)] : nothing;
      case "named":
        return this.named(file, type, key, depth);
      case "typeof": {
        // `@InjectModel(User) private readonly users: typeof User`: the class itself.
        const target = this.typeTarget(file, type.name, type.variable);
        return target?.kind === "class" ? [this.flow.interner.class(target.class)] : nothing;
      }
      case "array":
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
      return this.of(file, argument, key, undefined, depth + 1);
    }
    const target = this.typeTarget(file, type.name, type.variable);
    if (target === undefined) return nothing;
    switch (target.kind) {
      case "driver": {
        const site = this.flow.interner.site(`declared ${key}`, () => ({
          kind: "declared",
          place: { path: file.path, span: { start: 0, end: 0 } },
        }));
        const handle = this.flow.interner.handle(target.driver, target.type, site);
        return handle === undefined ? nothing : [handle];
      }
      case "class":
        return [this.flow.interner.instance(target.class)];
      case "external":
        return [this.flow.interner.external(target.module, [...target.path, "new"])];
      case "type":
        if (target.type.kind === "object" || target.extends.length > 0) {
          const own: TypeRef = target.type;
          const sole = this.implementation(target);
          return distinct([
            ...(sole === undefined ? [] : [this.flow.interner.instance(sole)]),
            ...(this.leads(target.file, own) ? [this.typedValue(target.file, own, target.name)] : []),
            ...target.extends.flatMap((each, index) =>
              this.of(target.file, each, `${key}^${index}`, undefined, depth + 1),
            ),
          ]);
        }
        return this.of(target.file, target.type, key, undefined, depth + 1);
    }
  }

  /** The one class of the application that implements an interface: whoever makes the object, it is one of these. */
  private implementation({ file, name }: TypeTarget & { kind: "type" }): ClassNode | undefined {
    this.implementations ??= this.allImplementations();
    const found = this.implementations.get(`${file.index} ${name}`);
    return found?.length === 1 ? found[0] : undefined;
  }

  private allImplementations(): ReadonlyMap<string, readonly ClassNode[]> {
    const found = new Map<string, ClassNode[]>();
    for (const file of this.flow.around.files.values()) {
      if (file.facts.language === "python" || inTests.test(file.path)) continue;
      for (const node of file.classes) {
        for (const type of node.facts.implements) {
          const target = type.kind === "named" ? this.typeTarget(file, type.name, type.variable) : undefined;
          if (target?.kind !== "type") continue;
          const key = `${target.file.index} ${target.name}`;
          const known = found.get(key);
          if (known === undefined) found.set(key, [node]);
          else known.push(node);
        }
      }
    }
    return found;
  }

  /**
   * Whether a type leads to a handle, a class or another package, over whatever members. Records of data are most types that people declare, and a
   * value known by such a type alone says nothing.
   */
  private leads(file: FileNode, type: TypeRef): boolean {
    const known = this.leading.get(type);
    if (known !== undefined) return known;
    const seen = new Set<TypeRef>([type]);
    const open: TypeIn[] = [{ file, type }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const parts = this.partsOf(next);
      if (parts === undefined) {
        this.leading.set(type, true);
        return true;
      }
      for (const part of parts) {
        if (seen.has(part.type) || this.leading.get(part.type) === false) continue;
        seen.add(part.type);
        open.push(part);
      }
    }
    for (const each of seen) this.leading.set(each, false);
    return false;
  }

  /** The types that a type is made of; undefined for one that leads somewhere itself. */
  private partsOf({ file, type }: TypeIn): readonly TypeIn[] | undefined {
    if (this.leading.get(type) === true) return undefined;
    const within = (types: readonly (TypeRef | undefined)[], of = file): readonly TypeIn[] =>
      types.flatMap((each) => (each === undefined ? [] : [{ file: of, type: each }]));
    switch (type.kind) {
      case "union":
      case "intersection":
        return within(type.of);
      case "object":
        return within(type.members.map((member) => member.type));
      case "function":
        return within([...type.parameters, type.returns]);
      case "array":
        return within([type.of]);
      case "named": {
        const target = this.typeTarget(file, type.name, type.variable);
        if (target === undefined) return within(type.arguments);
        if (target.kind !== "type" || this.implementation(target) !== undefined) return undefined;
        return [...within(type.arguments), ...within([target.type, ...target.extends], target.file)];
      }
      case "typeof":
      case "literal":
      case "other":
        return [];
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
    const bound = variable ?? moduleNames(file.facts).get(first);
    if (bound === undefined) return undefined;
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
    const resolution = this.flow.around.resolve(file.path, specifier);
    const target = resolution.kind === "file" ? this.flow.around.files.get(resolution.path) : undefined;
    if (target !== undefined) {
      const found = this.exportedFrom(target, path, local, depth);
      if (found !== undefined || file.facts.language !== "python") return found;
    }
    const [inner, ...rest] = path;
    if (file.facts.language === "python" && inner !== undefined && rest.length > 0) {
      // `from . import models` and then `models.User`.
      const full = specifier.endsWith(".") ? specifier + inner : `${specifier}.${inner}`;
      const submodule = this.exportedType(file, full, rest, local, depth + 1);
      if (submodule !== undefined) return submodule;
    }
    if (resolution.kind === "file") return undefined;
    for (const { driver, exports } of this.flow.around.driverModules(specifier, driverLanguage(file))) {
      const type = driverType(driver, exports, path, local);
      if (type !== undefined) return { kind: "driver", driver, type };
    }
    const known = externalName(file, specifier);
    if (this.flow.around.isExternal(known))
      return { kind: "external", module: known, path: path[0] === "default" ? [local] : path };
    return undefined;
  }

  private exportedFrom(
    target: FileNode,
    path: readonly string[],
    local: string,
    depth: number,
  ): TypeTarget | undefined {
    let given = this.given.get(target);
    if (given === undefined) {
      given = new Map();
      this.given.set(target, given);
    }
    // How far it is looked for depends on the depth.
    const key = `${depth} ${local} ${path.join(".")}`;
    if (given.has(key)) return given.get(key);
    const found = this.lookedFor(target, path, local, depth);
    given.set(key, found);
    return found;
  }

  private lookedFor(target: FileNode, path: readonly string[], local: string, depth: number): TypeTarget | undefined {
    const [name, ...rest] = path;
    if (name === undefined || depth > 8) return undefined;
    target.asked.add(name);
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

  private typedValue(file: FileNode, type: TypeRef, key: string): Value {
    const value: TypedValue = this.flow.interner.intern(`o ${file.index} ${key}`, () => ({
      kind: "typed",
      file,
      type,
    }));
    value.type = type;
    return value;
  }
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

/** Files whose classes stand in for others. */
const inTests = /(?:^|[/._-])(?:tests?|specs?|mocks?|fakes?|stubs?|fixtures?|__tests__|__mocks__)(?=[/._-])/i;

/** Return types are believed for handles and instances alone: a declared string tells nothing. */
const declaredObject = (value: Value): boolean =>
  value.kind === "handle" || value.kind === "instance" || value.kind === "typed";

interface TypeIn {
  readonly file: FileNode;
  readonly type: TypeRef;
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

const names = new WeakMap<FileFacts, ReadonlyMap<string, VariableId>>();

/** The names that a module binds at its top. */
function moduleNames(facts: FileFacts): ReadonlyMap<string, VariableId> {
  let table = names.get(facts);
  if (table === undefined) {
    const made = new Map<string, VariableId>();
    facts.variables.forEach((variable, id) => {
      if (variable.function === 0 && !made.has(variable.name)) made.set(variable.name, id);
    });
    table = made;
    names.set(facts, table);
  }
  return table;
}
