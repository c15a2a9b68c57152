import type { Driver, TypeName } from "../core/driver.ts";
import type { VariableId } from "../core/facts.ts";
import { globalWork } from "../drivers/external.ts";
import { builtinNames } from "./builtins.ts";
import type { Cell } from "./cells.ts";
import type { Fields } from "./fields.ts";
import type { Flow } from "./flow.ts";
import type { Modules } from "./modules.ts";
import { type FunctionNode, isPython, nodeOf } from "./program.ts";
import { type Properties, runtime } from "./properties.ts";
import { type ClassNode, distinct, nothing, union, type Value, type Values } from "./values.ts";

/** What the words of a function mean: variables, globals, `this`, `super`, `require`, and the classes it declares. */
export class Scope {
  constructor(
    private readonly flow: Flow,
    private readonly fields: Fields,
    private readonly modules: Modules,
    private readonly properties: Properties,
  ) {}

  load(each: FunctionNode, variable: VariableId): Values {
    const own = this.flow.read(each.file.variables[variable] as Cell, each);
    if (each.file.facts.variables[variable]?.kind !== "import") return own;
    const source = this.modules.importSource(each.file, variable);
    if (source === undefined) return own;
    const { imported, cells, values } = source;
    const [cell] = cells;
    // Most imports lead to one variable of another file, and nobody puts anything else in them.
    if (cell !== undefined && cells.length === 1 && values.length === 0 && own.length === 0)
      return this.flow.read(cell, each);
    const isMember = imported !== "*" && !isPython(each);
    const found: Values[] = [];
    for (const one of cells) found.push(this.flow.read(one, each));
    for (const value of values)
      found.push(isMember && value.kind === "module" ? this.properties.propertyOf(value, imported, each, 0) : [value]);
    found.push(own);
    return union(found);
  }

  globalNamed(name: string, reader: FunctionNode): Values {
    // `__file__` and `__name__` are texts of the module.
    if (isPython(reader) && name.startsWith("__")) return nothing;
    return union([
      this.flow.read(this.fields.field(this.fields.globals, name), reader),
      [this.flow.interner.global([isPython(reader) || known.has(name) ? name : unknown])],
    ]);
  }

  receiverOf(each: FunctionNode): Values {
    let node: FunctionNode | undefined = each;
    while (node !== undefined && node.facts.kind === "arrow" && node.facts.parent !== undefined) {
      node = nodeOf(node.file, node.facts.parent);
    }
    if (node === undefined) return nothing;
    const owner = node.facts.class === undefined ? undefined : node.file.classes[node.facts.class];
    if (owner !== undefined) {
      return node.facts.static ? [this.flow.interner.class(owner)] : [this.flow.interner.instance(owner)];
    }
    return this.flow.read(node.receiver, each);
  }

  superOf(each: FunctionNode): Values {
    const found: Value[] = [];
    for (const value of this.receiverOf(each)) {
      if (value.kind !== "instance" && value.kind !== "class") continue;
      for (const base of this.flow.read(this.fields.heritage(value.class), each)) {
        if (base.kind === "class") found.push(value.kind === "class" ? base : this.flow.interner.instance(base.class));
        if (base.kind === "driver class" && value.kind === "instance" && value.class.base !== undefined)
          found.push(value.class.base);
      }
    }
    return distinct(found);
  }

  inherit(node: ClassNode, bases: Values, each: FunctionNode): void {
    this.flow.grow(
      this.fields.heritage(node),
      bases.filter((base) => base.kind === "class" || base.kind === "driver class"),
    );
    for (const base of bases) {
      if (base.kind === "class" && base.class !== node) {
        if (!base.class.subclasses.has(node)) {
          base.class.subclasses.add(node);
          this.properties.hasHeir(base.class, node.former?.has(base.class) === true);
        }
        node.superclasses.add(base.class);
        if (base.class.base !== undefined && node.base === undefined)
          this.setBase(node, base.class.base.driver, base.class.base.type, each);
      }
      if (base.kind === "driver class" && node.base === undefined) this.setBase(node, base.driver, base.type, each);
    }
  }

  private setBase(node: ClassNode, driver: Driver, type: TypeName, each: FunctionNode): void {
    const site = this.flow.interner.site(`class ${node.id}`, () => ({
      kind: "opens",
      place: { path: node.file.path, span: node.facts.nameSpan ?? node.facts.span },
      function: each,
    }));
    const handle = this.flow.interner.handle(driver, type, site);
    if (handle === undefined) return;
    node.base = handle;
    this.fields.structure++;
    for (const one of node.file.functions) this.flow.enqueue(one);
    for (const sub of node.subclasses) if (sub.base === undefined) this.setBase(sub, driver, type, each);
  }

  required(each: FunctionNode, specifier: string): Values {
    const resolution = this.flow.around.resolve(each.file.path, specifier);
    if (resolution.kind === "file") {
      const target = this.flow.around.files.get(resolution.path);
      if (target === undefined) return nothing;
      const whole =
        target.facts.commonjs === undefined
          ? nothing
          : this.flow.read(target.variables[target.facts.commonjs] as Cell, each);
      return union([[this.flow.interner.module(target)], whole]);
    }
    return this.modules.packageExport(each.file, specifier, "*");
  }
}

/** Names of the runtime that something is known of. */
const known: ReadonlySet<string> = new Set([
  ...[...builtinNames, ...globalWork, ...runtime].map((name) => name.split(".")[0] as string),
  "globalThis",
  "global",
  "window",
]);

/** All other names are one: a name that is being typed is another one with every key, and whoever is given it would have to be looked at again. */
const unknown = "…";
