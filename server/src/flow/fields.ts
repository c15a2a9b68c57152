import { Cell } from "./cells.ts";
import { isMadeBy } from "./contributions.ts";
import { type Crowds, fieldKey } from "./crowds.ts";
import type { Flow } from "./flow.ts";
import type { FileNode, FunctionNode } from "./program.ts";
import { definition, labelOf } from "./text.ts";
import { type ClassNode, nothing, type ObjectValue, union, type Value, type Values } from "./values.ts";

/** What is spread into one object, of everything that ever is. */
const maximumSpreads = 24;

/** A table of more functions than this is a program of its own. */
const maximumTable = 24;

/** The cells of fields, by their owner (a class, an object literal, a function, the global object), and what was spread into object literals. */
export class Fields {
  private readonly fields = new Map<object, Map<string, Cell>>();
  /** Fields of `globalThis`, and of the static side of classes. */
  readonly globals = {};
  /** Counts what is found out of classes otherwise than through cells: the driver's class that they extend. */
  structure = 0;
  private readonly statics = new Map<ClassNode, object>();
  /** Fields by the file whose text decides what is in them. */
  private readonly byFile = new Map<FileNode, Set<Cell>>();
  private readonly heritages = new Map<ClassNode, Cell>();
  private readonly spreads = new Map<ObjectValue, Set<Value>>();

  constructor(
    private readonly flow: Flow,
    private readonly crowds: Crowds,
  ) {}

  /** Every field by its name. */
  *named(): Generator<readonly [string, Cell]> {
    for (const [owner, cells] of this.fields) for (const [name, cell] of cells) yield [fieldKey(owner, name), cell];
  }

  /** The fields whose contents a file's text decides. */
  in(file: FileNode): Iterable<Cell> {
    return this.byFile.get(file) ?? [];
  }

  /** The fields of objects that these functions make, and of themselves. */
  *madeBy(functions: ReadonlySet<FunctionNode>): Generator<Cell> {
    for (const [owner, cells] of this.fields)
      if (functions.has(owner as FunctionNode) || isMadeBy(owner, functions)) yield* cells.values();
  }

  /** Takes back what was spread into the literals of a file. */
  forget(file: FileNode): void {
    for (const owner of this.spreads.keys()) if (owner.function.file === file) this.spreads.delete(owner);
  }

  /** The cell of a field that something was asked of or put in before. */
  known(owner: object, name: string): Cell | undefined {
    return this.fields.get(owner)?.get(name);
  }

  /** The cell of a field; its owner is a class, an object literal, a function, or the global object. */
  field(owner: object, name: string): Cell {
    let cells = this.fields.get(owner);
    if (cells === undefined) {
      cells = new Map();
      this.fields.set(owner, cells);
    }
    let cell = cells.get(name);
    if (cell === undefined) {
      cell = new Cell(this.ownerFile(owner));
      cells.set(name, cell);
      if (this.crowds.size > 0 && this.crowds.has(fieldKey(owner, name))) cell.keepFunctionsBack();
      this.remember(cell);
      // Who takes all items out has to know of another place for one.
      const items = name.startsWith("#") ? cells.get("[]") : undefined;
      if (items !== undefined) this.flow.wake(items);
    }
    return cell;
  }

  /** The superclass values of a class. */
  heritage(node: ClassNode): Cell {
    let cell = this.heritages.get(node);
    if (cell === undefined) {
      cell = new Cell(node.file);
      this.heritages.set(node, cell);
      this.remember(cell);
    }
    return cell;
  }

  private ownerFile(owner: object): FileNode | undefined {
    if (owner === this.globals) return undefined;
    if ("file" in owner) return owner.file as FileNode;
    return "function" in owner ? (owner.function as FunctionNode).file : undefined;
  }

  private remember(cell: Cell): void {
    if (cell.owner === undefined) return;
    let cells = this.byFile.get(cell.owner);
    if (cells === undefined) {
      cells = new Set();
      this.byFile.set(cell.owner, cells);
    }
    cells.add(cell);
  }

  staticSide(node: ClassNode): object {
    let owner = this.statics.get(node);
    if (owner === undefined) {
      owner = { file: node.file, staticSideOf: node.id };
      this.statics.set(node, owner);
    }
    return owner;
  }

  assign(targets: Values, name: string, values: Values): void {
    for (const target of targets) {
      switch (target.kind) {
        case "instance":
          this.flow.grow(this.field(target.class, name), values);
          break;
        case "class":
          this.flow.grow(this.field(this.staticSide(target.class), name), values);
          break;
        case "object":
          this.flow.grow(this.field(target, name), values);
          break;
        case "closure":
          this.flow.grow(this.field(target.function, name), values);
          break;
        case "module": {
          // `config.pool = …` from outside: a variable of that module.
          target.file.asked.add(name);
          const fact = target.file.facts.exports.find((one) => one.kind === "local" && one.name === name);
          if (fact?.kind === "local") this.flow.grow(target.file.variables[fact.variable] as Cell, values);
          break;
        }
        case "global":
          if (target.path.length === 1) this.flow.grow(this.field(this.globals, name), values);
          break;
        default:
          break;
      }
    }
  }

  /** What objects hold under a name. */
  member(values: Values, name: string, reader: FunctionNode): Values {
    return union(
      values.flatMap((value) =>
        value.kind === "object"
          ? [...this.sources(value)].flatMap((one) =>
              one.kind === "object" ? [this.flow.read(this.field(one, name), reader)] : [],
            )
          : [],
      ),
    );
  }

  object(each: FunctionNode, register: number, array: boolean): ObjectValue {
    const label = register < 0 ? `rest ${register}` : labelOf(each, register);
    return this.flow.interner.object(each, label, register, array);
  }

  /** Functions in an object literal are called on that object. */
  ownFunctions(owner: ObjectValue, values: Values): void {
    for (const value of values) {
      if (
        value.kind === "closure" &&
        value.function.facts.kind !== "arrow" &&
        value.function.facts.class === undefined
      ) {
        this.flow.grow(value.function.receiver, [owner]);
      }
    }
  }

  spread(target: ObjectValue, values: Values): void {
    let known = this.spreads.get(target);
    if (known === undefined) {
      known = new Set();
      this.spreads.set(target, known);
    }
    for (const value of values) {
      this.flow.note(target, value);
      if (value === target || known.has(value) || known.size >= maximumSpreads) continue;
      if (value.kind === "object" || value.kind === "typed" || value.kind === "instance" || value.kind === "module") {
        known.add(value);
        for (const cell of this.fields.get(target)?.values() ?? []) this.flow.wake(cell);
      }
    }
  }

  elements(values: Values, index: number | undefined, reader: FunctionNode): Values {
    const found: Values[] = [];
    for (const value of values) {
      if (value.kind !== "object") continue;
      const exact = index === undefined ? nothing : this.flow.read(this.field(value, `#${index}`), reader);
      if (exact.length > 0) found.push(exact);
      else {
        for (const source of this.sources(value)) {
          if (source.kind === "object") found.push(this.flow.read(this.field(source, "[]"), reader));
        }
      }
    }
    return union(found);
  }

  /** `handlers[name]`: any of the functions in a table. */
  functionsOf(values: Values, reader: FunctionNode): Values {
    return union(
      values.flatMap((value) => {
        // Which entries a literal of another file has may change without this function being told.
        if (value.kind !== "object" || value.array || value.function.file !== reader.file) return [];
        const literal = definition(value.function, value.register);
        const entries = literal?.op === "object" ? literal.entries : [];
        if (entries.length > maximumTable) return [];
        return entries.flatMap(({ key }) =>
          key === undefined
            ? []
            : [this.flow.read(this.field(value, key), reader).filter(({ kind }) => kind === "closure")],
        );
      }),
    );
  }

  /** An object and everything that was spread into it, over any number of spreads: they may go round in circles. */
  sources(value: ObjectValue): Iterable<Value> {
    if (!this.spreads.has(value)) return [value];
    const found = new Set<Value>([value]);
    for (const one of found) {
      if (one.kind !== "object") continue;
      for (const spread of this.spreads.get(one) ?? []) found.add(spread);
    }
    return found;
  }
}
