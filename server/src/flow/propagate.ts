import type { FileFacts, FunctionFacts, Instruction } from "../core/facts.ts";
import { Binding } from "./binding.ts";
import { Builtins } from "./builtins.ts";
import { Calls } from "./call-values.ts";
import { Contributions, hasSameHead, ownCells, sameVariables, standsAlone } from "./contributions.ts";
import { DeclaredTypes } from "./declared-types.ts";
import { DriverCalls } from "./driver-calls.ts";
import { Fields } from "./fields.ts";
import type { Flow, Surroundings } from "./flow.ts";
import { Modules } from "./modules.ts";
import { type Counters, type FileNode, type FunctionNode, renew } from "./program.ts";
import { Properties } from "./properties.ts";
import { PythonBuiltins } from "./python-builtins.ts";
import { Scope } from "./scope.ts";
import { shapeOf } from "./shape.ts";
import { labelOf } from "./text.ts";
import { type Cell, Interner, nothing, union, type Value, type Values } from "./values.ts";

/** Rounds after which a function is no longer evaluated again: a guard against sets that keep growing. */
const maximumRounds = 40;

/**
 * Lets values flow through variables, fields, parameters, returns, imports and exports until nothing changes.
 * Insensitive to order and to context: a variable holds whatever any path, any caller may put there.
 */
export class Propagation implements Flow {
  readonly interner = new Interner();
  /** Functions evaluated since the last `run` or `update` began. */
  evaluated = new Set<FunctionNode>();
  /** The function that is being evaluated. */
  private current: FunctionNode | undefined;
  /** Functions to evaluate, first come first served: what happens to one in the meantime is seen in one go. */
  private readonly queue = new Set<FunctionNode>();
  private readonly rounds = new Map<FunctionNode, number>();
  /** While a function is tried: what it tells others is noted, not told. */
  private trial: { readonly contributions: Contributions; readonly own: ReadonlySet<Cell>; grew: boolean } | undefined;
  private readonly fields: Fields;
  private readonly types: DeclaredTypes;
  private readonly properties: Properties;
  private readonly scope: Scope;
  private readonly calls: Calls;

  constructor(readonly around: Surroundings) {
    this.fields = new Fields(this);
    this.types = new DeclaredTypes(this, this.fields);
    const modules = new Modules(this);
    this.properties = new Properties(this, this.fields, modules, this.types);
    this.scope = new Scope(this, this.fields, modules, this.properties);
    const binding = new Binding(this, this.fields);
    const drivers = new DriverCalls(this, this.properties, binding);
    this.calls = new Calls(
      this,
      this.fields,
      this.types,
      binding,
      drivers,
      new Builtins(this, this.fields, binding),
      new PythonBuiltins(this, this.fields, binding, this.properties),
    );
  }

  run(): void {
    for (const file of this.around.files.values()) this.types.seed(file);
    for (const file of this.around.files.values()) for (const each of file.functions) this.enqueue(each);
    this.drain();
  }

  private drain(): void {
    for (const next of this.queue) {
      this.queue.delete(next);
      const round = (this.rounds.get(next) ?? 0) + 1;
      // A function that is no longer in its file has no more say.
      if (round > maximumRounds || next.file.functions[next.facts.id] !== next) continue;
      this.rounds.set(next, round);
      this.evaluate(next);
    }
    this.current = undefined;
  }

  /**
   * Gives one file new facts, where single functions (`changed`) have another content and tell others just what they told before. False, and
   * everything as it was, where that is not so.
   */
  replace(file: FileNode, facts: FileFacts, changed: readonly FunctionNode[]): boolean {
    this.interner.watch();
    const before = file.facts;
    const isSame =
      before.imports === facts.imports &&
      before.exports === facts.exports &&
      before.classes === facts.classes &&
      before.types === facts.types &&
      before.commonjs === facts.commonjs &&
      before.functions.length === facts.functions.length &&
      before.variables.length === facts.variables.length;
    if (!isSame) return false;
    this.evaluated = new Set(changed);
    if (changed.length > maximumReplaced) return false;
    for (const each of changed) {
      const fresh = facts.functions[each.facts.id] as FunctionFacts;
      if (!hasSameHead(each.facts, fresh) || !standsAlone(each.facts) || !standsAlone(fresh)) return false;
    }
    const own = new Set(changed.flatMap(ownCells));
    const variables = sameVariables(file, facts, own);
    if (variables === undefined) return false;
    const told = changed.map((each) => this.tried(each, own));
    const was = { facts: before, variables: file.variables, functions: changed.map((each) => each.facts) };
    file.facts = facts;
    file.variables = variables;
    for (const each of changed) {
      this.forgetCalls(each);
      each.facts = facts.functions[each.facts.id] as FunctionFacts;
      each.registers = [];
    }
    for (const cell of own) cell.reset();
    const known = new Set(was.variables);
    const fresh = new Set(changed.flatMap(ownCells));
    // What was a function's own still is, or is gone; what is its own now was, or is new.
    const isOwn =
      variables.every((cell) => !own.has(cell) || fresh.has(cell)) &&
      [...fresh].every((cell) => own.has(cell) || !known.has(cell));
    this.properties.forget();
    const isSameTold = isOwn && changed.every((each, index) => told[index]?.equals(this.tried(each, fresh)));
    if (!isSameTold || this.interner.changed) {
      file.facts = was.facts;
      file.variables = was.variables;
      for (const [index, each] of changed.entries()) {
        each.facts = was.functions[index] as FunctionFacts;
        each.registers = [];
      }
      return false;
    }
    for (const contributions of told) for (const reader of contributions.readers()) this.evaluated.add(reader);
    return true;
  }

  /** What a function tells others, as the values stand. */
  private tried(each: FunctionNode, own: ReadonlySet<Cell>): Contributions {
    const trial = { contributions: new Contributions(), own, grew: true };
    this.trial = trial;
    for (let round = 0; trial.grew && round < maximumRounds; round++) {
      trial.grew = false;
      this.evaluate(each);
    }
    this.trial = undefined;
    this.current = undefined;
    return trial.contributions;
  }

  /** Takes back which calls of a function lead where. */
  private forgetCalls(each: FunctionNode): void {
    for (const target of each.file.calling) {
      for (const [call, caller] of target.callers) if (caller === each) target.callers.delete(call);
    }
    for (const node of each.file.constructing) {
      for (const [call, one] of node.constructions) if (one === each) node.constructions.delete(call);
    }
  }

  /** Notes something that a function tells others otherwise than through a cell. */
  note(to: object, what: unknown): void {
    this.trial?.contributions.tell(to, what);
  }

  /**
   * Gives one file new facts and lets the values flow again from there. False where that cannot be exact: what the file exports has
   * another shape, or something that it gave to other files is gone, so that everything has to be linked anew.
   */
  update(file: FileNode, facts: FileFacts, counters: Counters): boolean {
    if (shapeOf(file.facts) !== shapeOf(facts)) return false;
    const told = new Map<Cell, ReadonlySet<Value>>();
    for (const cell of this.cellsOf(file)) {
      if ([...cell.readers].some((reader) => reader.file !== file)) told.set(cell, new Set(cell.list));
    }
    const sent = file.outgoing;
    this.forget(file);
    renew(file, facts, counters);
    for (const cell of this.cellsOf(file)) cell.reset();
    this.properties.forget();
    this.evaluated = new Set();
    this.rounds.clear();
    this.types.forget();
    this.types.seed(file);
    for (const each of file.functions) this.enqueue(each);
    this.drain();
    // What others read may be none of the file's any more: a function that stands inside of another one now.
    const cells = new Set(this.cellsOf(file));
    for (const [cell, values] of told) {
      if (!cells.has(cell)) return false;
      for (const value of values) if (!cell.has(value)) return false;
    }
    for (const [cell, values] of sent) {
      const now = file.outgoing.get(cell);
      for (const value of values) if (now?.has(value) !== true) return false;
    }
    return !this.interner.changed;
  }

  private *cellsOf(file: FileNode): Generator<Cell> {
    yield* file.variables;
    for (const each of file.functions) {
      yield each.returns;
      yield each.receiver;
    }
    yield* this.fields.in(file);
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
    this.fields.forget(file);
  }

  enqueue(each: FunctionNode): void {
    this.queue.add(each);
  }

  grow(cell: Cell, values: Values): void {
    if (values.length === 0) return;
    if (this.trial !== undefined) {
      if (!this.trial.own.has(cell)) this.trial.contributions.grow(cell, values);
      else if (cell.add(values)) this.trial.grew = true;
      return;
    }
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

  read(cell: Cell, reader: FunctionNode): Values {
    cell.readBy(reader);
    return cell.list;
  }

  private evaluate(each: FunctionNode): void {
    const registers: Values[] = [];
    const before = each.registers;
    this.current = each;
    this.evaluated.add(each);
    each.file.driverCalls = undefined;
    each.calls = new Map();
    each.registers = registers;
    for (const block of each.facts.blocks) {
      for (const instruction of block.instructions) this.step(each, registers, instruction, before);
      if (block.end.kind === "return" && block.end.value !== undefined) {
        this.grow(each.returns, registers[block.end.value] ?? nothing);
      }
    }
  }

  /** @param before what the registers held after the last evaluation: what an instruction gives whatever flows is kept */
  private step(each: FunctionNode, registers: Values[], instruction: Instruction, before: readonly Values[]): void {
    const get = (register: number): Values => registers[register] ?? nothing;
    switch (instruction.op) {
      case "literal":
        if (typeof instruction.value !== "string" || instruction.value.length < 20_000) {
          registers[instruction.dst] = before[instruction.dst] ?? [this.interner.constant(instruction.value)];
        }
        return;
      case "template":
        registers[instruction.dst] = before[instruction.dst] ?? [this.text(each, instruction.dst)];
        return;
      case "object": {
        const value = this.fields.object(each, instruction.dst, false);
        for (const entry of instruction.entries) {
          if (entry.key !== undefined) {
            this.grow(this.fields.field(value, entry.key), get(entry.value));
            this.fields.ownFunctions(value, get(entry.value));
          } else if (entry.spread) this.fields.spread(value, get(entry.value));
          else this.grow(this.fields.field(value, "[]"), get(entry.value));
        }
        registers[instruction.dst] = [value];
        return;
      }
      case "array": {
        const value = this.fields.object(each, instruction.dst, true);
        instruction.elements.forEach((element, index) => {
          const values = element.spread
            ? this.fields.elements(get(element.value), undefined, each)
            : get(element.value);
          this.grow(this.fields.field(value, "[]"), values);
          if (!element.spread) this.grow(this.fields.field(value, `#${index}`), values);
        });
        registers[instruction.dst] = [value];
        return;
      }
      case "load":
        registers[instruction.dst] = this.scope.load(each, instruction.variable);
        return;
      case "store":
        this.grow(each.file.variables[instruction.variable] as Cell, get(instruction.value));
        return;
      case "global":
        registers[instruction.dst] =
          instruction.name === "undefined"
            ? [this.interner.constant(undefined)]
            : this.scope.globalNamed(instruction.name, each);
        return;
      case "this":
        registers[instruction.dst] = this.scope.receiverOf(each);
        return;
      case "super":
        registers[instruction.dst] = this.scope.superOf(each);
        return;
      case "get":
        registers[instruction.dst] = this.properties.of(get(instruction.object), instruction.property, each);
        return;
      case "set":
        this.fields.assign(get(instruction.object), instruction.property, get(instruction.value));
        return;
      case "index": {
        const keys = get(instruction.key);
        const found = keys.flatMap((key) =>
          key.kind === "constant" && typeof key.value === "string"
            ? this.properties.of(get(instruction.object), key.value, each)
            : [],
        );
        if (found.length > 0) registers[instruction.dst] = union([found]);
        else {
          const elements = this.fields.elements(get(instruction.object), undefined, each);
          const isTold = keys.some(({ kind }) => kind === "constant");
          registers[instruction.dst] =
            elements.length > 0 || isTold ? elements : this.fields.functionsOf(get(instruction.object), each);
        }
        return;
      }
      case "setIndex":
        this.fields.assign(get(instruction.object), "[]", get(instruction.value));
        return;
      case "rest":
        registers[instruction.dst] = get(instruction.object);
        return;
      case "element":
        registers[instruction.dst] = this.fields.elements(get(instruction.collection), instruction.index, each);
        return;
      case "closure": {
        const target = each.file.functions[instruction.function];
        if (target !== undefined)
          registers[instruction.dst] = before[instruction.dst] ?? [this.interner.closure(target)];
        return;
      }
      case "class": {
        const node = each.file.classes[instruction.class];
        if (node === undefined) return;
        if (node.facts.superclass !== undefined) this.scope.inherit(node, get(node.facts.superclass), each);
        registers[instruction.dst] = [this.interner.class(node)];
        return;
      }
      case "call": {
        const result = this.calls.call(each, registers, instruction);
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
        registers[instruction.dst] = this.scope.required(each, instruction.specifier);
        return;
      case "either":
        registers[instruction.dst] = union(instruction.values.map(get));
        return;
      case "operation":
      case "disconnected":
      case "dispose":
      case "unknown":
        return;
    }
  }

  private text(each: FunctionNode, register: number): Value {
    return this.interner.text(each, labelOf(each, register), register);
  }

  /** What `value.name` may be, for readers outside. */
  property(values: Values, name: string, reader: FunctionNode): Values {
    return this.properties.of(values, name, reader);
  }
}

/** More functions than this with another content: the whole file is evaluated again. */
const maximumReplaced = 8;

/** Awaiting a query builder runs it: what comes out is rows. */
const isBuilder = (value: Value): boolean =>
  value.kind === "handle" && value.descriptor.role === "query" && value.descriptor.anyMember !== undefined;
