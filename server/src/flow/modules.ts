import type { Driver, ExportDescriptor } from "../core/driver.ts";
import type { VariableId } from "../core/facts.ts";
import { ownEntry } from "./calls.ts";
import type { Cell } from "./cells.ts";
import type { Flow } from "./flow.ts";
import { driverLanguage, externalName, type FileNode, type ImportSource } from "./program.ts";
import { standardNames } from "./python-builtins.ts";
import { nothing, union, type Value, type Values } from "./values.ts";

/** Modules and exports → values: where an imported name leads, through files that hand it on, and what a package exports. */
export class Modules {
  constructor(private readonly flow: Flow) {}

  importSource(file: FileNode, variable: VariableId): ImportSource | undefined {
    const known = file.imports.get(variable);
    if (known !== undefined) return known;
    const fact = file.facts.imports.find((each) => each.variable === variable);
    if (fact === undefined) return undefined;
    const cells: Cell[] = [];
    const values: Value[] = [];
    const source: ImportSource = { imported: fact.imported, cells, values };
    // Modules of Python that import each other's names come back here: what is known so far is all that they get.
    file.imports.set(variable, source);
    this.exported(file, fact.specifier, fact.imported, cells, values, 0);
    return source;
  }

  exported(file: FileNode, specifier: string, name: string, cells: Cell[], values: Value[], depth: number): void {
    if (depth > 12) return;
    const resolution = this.flow.around.resolve(file.path, specifier);
    if (resolution.kind === "file") {
      const target = this.flow.around.files.get(resolution.path);
      if (target === undefined) return;
      if (name === "*") values.push(this.flow.interner.module(target));
      else {
        const before = cells.length + values.length;
        this.exportedOf(target, name, cells, values, depth + 1);
        if (cells.length + values.length === before) values.push(...this.submodule(file, specifier, name));
      }
      return;
    }
    const inner = this.submodule(file, specifier, name);
    if (inner.length > 0) {
      values.push(...inner);
      return;
    }
    values.push(...this.packageExport(file, specifier, name));
  }

  /** Python: `from package import module` brings a module that the package's own file does not name. */
  submodule(file: FileNode, specifier: string, name: string): Values {
    if (file.facts.language !== "python" || name === "*" || name === "default") return nothing;
    const full = specifier.endsWith(".") ? specifier + name : `${specifier}.${name}`;
    const resolution = this.flow.around.resolve(file.path, full);
    if (resolution.kind === "file") {
      const target = this.flow.around.files.get(resolution.path);
      return target === undefined ? nothing : [this.flow.interner.module(target)];
    }
    const exported = this.flow.around
      .driverModules(specifier, "python")
      .some(({ exports }) => Object.hasOwn(exports, name));
    return !exported && this.flow.around.driverModules(full, "python").length > 0
      ? this.packageExport(file, full, "*")
      : nothing;
  }

  exportedOf(target: FileNode, name: string, cells: Cell[], values: Value[], depth: number): void {
    let found = false;
    target.asked.add(name);
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
    if (target.facts.commonjs !== undefined) values.push(this.flow.interner.module(target));
  }

  packageExport(file: FileNode, specifier: string, name: string): Values {
    const modules = this.flow.around.driverModules(specifier, driverLanguage(file));
    if (modules.length === 0 && file.facts.language === "python") return this.pythonExport(specifier, name);
    if (modules.length === 0) {
      if (/^(node:)?util$/.test(specifier))
        return [this.flow.interner.global(name === "*" || name === "default" ? ["util"] : ["util", name])];
      const known = externalName(file, specifier);
      if (!this.flow.around.isExternal(known)) return nothing;
      const bare = known.startsWith("node:") ? known.slice("node:".length) : known;
      return bare.startsWith(".")
        ? nothing
        : [this.flow.interner.external(bare, name === "*" || name === "default" ? [] : [name])];
    }
    return union(modules.map(({ driver, exports }) => this.driverExport(driver, exports, specifier, name)));
  }

  /** The environment, names of the standard library that hand values on, and packages that do work outside the database. */
  private pythonExport(specifier: string, name: string): Values {
    const { interner } = this.flow;
    const found: Value[] = [];
    if (specifier === "os" && name === "environ") found.push(interner.environment());
    else if (name === "*" ? specifier in standardNames : standardNames[specifier]?.has(name) === true)
      found.push(interner.global(name === "*" ? [specifier] : [specifier, name]));
    const known = `python:${specifier}`;
    if (this.flow.around.isExternal(known)) found.push(interner.external(known, name === "*" ? [] : [name]));
    return found;
  }

  private driverExport(
    driver: Driver,
    exports: Readonly<Record<string, ExportDescriptor>>,
    specifier: string,
    name: string,
  ): Values {
    const whole = ownEntry(exports, "=");
    const namespace = (): Value =>
      this.flow.interner.intern(`n ${driver.name} ${specifier}`, () => ({
        kind: "namespace",
        driver,
        entries: exports,
      }));
    if (name === "*")
      return whole === undefined ? [namespace()] : [namespace(), ...this.exportValue(driver, whole, `${specifier} =`)];
    const entry = ownEntry(exports, name) ?? (name === "default" ? whole : undefined);
    if (entry !== undefined) return this.exportValue(driver, entry, `${specifier} ${name}`);
    return name === "default" ? [namespace()] : nothing;
  }

  exportValue(driver: Driver, entry: ExportDescriptor, key: string): Values {
    if ("class" in entry) {
      const descriptor = driver.types[entry.class];
      if (descriptor === undefined) return nothing;
      return [
        this.flow.interner.intern(`k ${driver.name} ${entry.class}`, () => ({
          kind: "driver class",
          driver,
          type: entry.class,
          descriptor,
        })),
      ];
    }
    if ("namespace" in entry) {
      return [
        this.flow.interner.intern(`n ${driver.name} ${key}`, () => ({
          kind: "namespace",
          driver,
          entries: entry.namespace,
        })),
      ];
    }
    const site = this.flow.interner.site(`export ${driver.name} ${key}`, () => ({
      kind: "derived",
      place: { path: "", span: { start: 0, end: 0 } },
    }));
    const handle = this.flow.interner.handle(driver, entry.value, site);
    return handle === undefined ? nothing : [handle];
  }
}
