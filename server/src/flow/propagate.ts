import type { FileFacts, FunctionFacts } from "../core/facts.ts";
import { functionOf } from "../core/functions.ts";
import { Binding } from "./binding.ts";
import { Builtins } from "./builtins.ts";
import { Calls } from "./call-values.ts";
import { type Cell, type Derived, type Reader, Sent, Step } from "./cells.ts";
import {
  Contributions,
  cellsWithin,
  differencesOf,
  hasSameHead,
  isMadeBy,
  ownCells,
  sameVariables,
  standsAlone,
} from "./contributions.ts";
import { type Crowds, crowdsAmong, fewFunctions, hasCrowd, manyFunctions, markCrowds } from "./crowds.ts";
import { DeclaredTypes } from "./declared-types.ts";
import { DriverCalls } from "./driver-calls.ts";
import { Fields } from "./fields.ts";
import type { Flow, Surroundings } from "./flow.ts";
import { Instructions, isAsBefore, isPlain, usesAny } from "./instructions.ts";
import { Modules } from "./modules.ts";
import {
  type Counters,
  type FileNode,
  type FunctionNode,
  functionNode,
  keysOfFunctions,
  renew,
  takeBack,
  takeBackCalls,
} from "./program.ts";
import { Properties } from "./properties.ts";
import { PythonBuiltins } from "./python-builtins.ts";
import { Scope } from "./scope.ts";
import { exportsOf, shapeOf } from "./shape.ts";
import { extended, Interner, nothing, type Value, type Values } from "./values.ts";

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
  private readonly instructions: Instructions;
  /** The number of the instruction that is looked at, in its function, and itself as a reader once it has read something. */
  private number = -1;
  private at: Step | undefined;
  /** Its place among the steps of the function. */
  private next = 0;
  private isPlain = false;
  /** What is put together of all that is read. */
  private gathering: Derived | undefined;
  /** By register: the last evaluation, of whatever function, in which one of that number was given something else. */
  private readonly news: number[] = [];
  private round = 0;

  /** Somewhere more functions met than one place can hold, which was not known before: others were told of some of them. */
  private isCrowdedAnew = false;
  /** As many evaluations more, in search of other such places, before it all begins afresh. */
  private left = 0;
  /** A function that was evaluated puts functions where too many meet, or reads there: which places those are may be another matter with it. */
  private touchesCrowd = false;

  /** @param crowds the places where too many functions meet */
  constructor(
    readonly around: Surroundings,
    readonly crowds: Crowds,
  ) {
    this.fields = new Fields(this, crowds);
    markCrowds(around.files.values(), crowds);
    this.types = new DeclaredTypes(this, this.fields);
    const modules = new Modules(this);
    this.properties = new Properties(this, this.fields, modules, this.types);
    const scope = new Scope(this, this.fields, modules, this.properties);
    const binding = new Binding(this, this.fields);
    const drivers = new DriverCalls(this, this.properties, binding);
    const calls = new Calls(
      this,
      this.fields,
      this.types,
      binding,
      drivers,
      new Builtins(this, this.fields, binding),
      new PythonBuiltins(this, this.fields, binding, this.properties),
    );
    this.instructions = new Instructions(this, this.fields, this.properties, scope, calls);
  }

  run(): void {
    for (const file of this.around.files.values()) this.types.seed(file);
    for (const file of this.around.files.values()) for (const each of file.functions) this.enqueue(each);
    this.drain();
  }

  /** The places where too many functions meet, as it turned out: all that were known before, or more. */
  allCrowds(): Crowds {
    if (!this.isCrowdedAnew) return this.crowds;
    return new Set([...this.crowds, ...crowdsAmong(this.around.files.values(), this.fields)]);
  }

  private drain(): void {
    for (const next of this.queue) {
      this.queue.delete(next);
      const round = (this.rounds.get(next) ?? 0) + 1;
      // A function that is no longer in its file has no more say.
      if (round > maximumRounds || next.file.functions[next.position] !== next) continue;
      this.rounds.set(next, round);
      this.evaluate(next);
      if (this.isCrowdedAnew && this.left-- === 0) this.queue.clear();
    }
    this.current = undefined;
  }

  /**
   * Gives one file new facts, where single functions have another content, came or went, and those that stay tell others just what they told before.
   * False, and everything as it was, where that is not so.
   */
  replace(file: FileNode, facts: FileFacts, counters: Counters): boolean {
    this.interner.watch();
    this.touchesCrowd = false;
    const before = file.facts;
    const isSame =
      before.imports === facts.imports &&
      (before.exports === facts.exports || exportsOf(before, file.asked) === exportsOf(facts, file.asked)) &&
      before.classes === facts.classes &&
      before.types === facts.types &&
      before.commonjs === facts.commonjs;
    if (!isSame) return false;
    const { changed, gone, come } = differencesOf(file, facts);
    this.evaluated = new Set(changed);
    if (changed.length + gone.size + come.length > maximumReplaced) return false;
    const stands = changed.every(
      (each) =>
        hasSameHead(each.facts, factsIn(facts, each)) && standsAlone(each.facts) && standsAlone(factsIn(facts, each)),
    );
    if (!stands || ![...gone].every((each) => standsAlone(each.facts)) || !come.every(standsAlone)) return false;
    const own = new Set([...changed.flatMap(ownCells), ...cellsWithin(gone, this.fields)]);
    const variables = sameVariables(file, facts, own, gone);
    if (variables === undefined) return false;
    const told = this.tried(changed, own);
    for (const { told } of this.tried([...gone], own))
      for (const to of told.keys()) if (!isMadeBy(to, gone)) return false;
    const was = { facts: before, variables: file.variables, functions: file.functions };
    const formerly = changed.map((each) => each.facts);
    file.facts = facts;
    file.variables = variables;
    const nodes = new Map(was.functions.map((each) => [each.facts.id, each]));
    const keys = keysOfFunctions(facts);
    file.functions = facts.functions.map((one, position) => {
      const node = nodes.get(one.id) ?? functionNode(file, one, position, keys[position] as string, counters);
      node.position = position;
      return node;
    });
    for (const each of [...changed, ...gone]) takeBackCalls(each);
    for (const each of changed) {
      each.facts = factsIn(facts, each);
      each.registers = [];
    }
    for (const cell of own) cell.reset();
    const fresh = new Set(file.functions.filter((each) => !nodes.has(each.facts.id)));
    for (const each of fresh) this.types.seedFunction(each);
    const known = new Set(was.variables);
    const ownNow = new Set([...changed.flatMap(ownCells), ...cellsWithin(fresh, this.fields)]);
    // What was a function's own still is, or is gone; what is its own now was, or is new.
    const isOwn =
      variables.every((cell) => !own.has(cell) || ownNow.has(cell)) &&
      [...ownNow].every((cell) => own.has(cell) || !known.has(cell));
    this.properties.forget();
    const tellsSame = (): boolean => {
      const now = this.tried([...changed, ...fresh], ownNow);
      return (
        changed.every((_, index) => told[index]?.equals(now[index] as Contributions)) &&
        now.slice(changed.length).every((one) => one.isInOrder)
      );
    };
    if (!isOwn || !tellsSame() || this.isNewToCrowds || this.interner.changed) {
      Object.assign(file, was);
      for (const [index, each] of changed.entries()) {
        each.facts = formerly[index] as FunctionFacts;
        each.registers = [];
      }
      return false;
    }
    for (const contributions of told) for (const reader of contributions.readers()) this.evaluated.add(reader);
    for (const [index, each] of file.functions.entries()) each.key = keys[index] as string;
    this.rounds.clear();
    // What came is told now.
    for (const each of fresh) {
      each.registers = [];
      each.structure = undefined;
      this.enqueue(each);
    }
    this.drain();
    return true;
  }

  /** What functions tell others, as the values stand. */
  private tried(functions: readonly FunctionNode[], own: ReadonlySet<Cell>): readonly Contributions[] {
    let told: readonly Contributions[] = [];
    for (let isOpen = true, round = 0; isOpen && round < maximumRounds; round++) {
      isOpen = false;
      told = functions.map((each) => {
        const trial = { contributions: new Contributions(), own, grew: true };
        this.trial = trial;
        for (let round = 0; trial.grew && round < maximumRounds; round++) {
          trial.grew = false;
          this.evaluate(each);
          // What one puts in its own variables another one may read.
          if (trial.grew && functions.length > 1) isOpen = true;
        }
        return trial.contributions;
      });
    }
    this.trial = undefined;
    this.current = undefined;
    return told;
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
    const { asked } = file;
    if (this.isNewToCrowds) return false;
    if (shapeOf(file.facts) !== shapeOf(facts) || exportsOf(file.facts, asked) !== exportsOf(facts, asked))
      return false;
    const told = new Map<Cell, ReadonlySet<Value>>();
    for (const cell of this.cellsOf(file)) {
      if (cell.isMisled) return false;
      if ([...cell.readers].some((reader) => reader.file !== file)) told.set(cell, new Set(cell.list));
    }
    const sent = file.outgoing;
    takeBack(file);
    this.fields.forget(file);
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
      for (const value of values.list) if (now?.has(value) !== true && !cell.withdraw(value)) return false;
    }
    return !this.isNewToCrowds && !this.interner.changed;
  }

  /** Whether the places where too many functions meet may be others with what was evaluated since an edit. */
  private get isNewToCrowds(): boolean {
    return this.isCrowdedAnew || this.touchesCrowd;
  }

  private *cellsOf(file: FileNode): Generator<Cell> {
    yield* file.variables;
    for (const each of file.functions) {
      yield each.returns;
      yield each.receiver;
    }
    yield* this.fields.in(file);
  }

  enqueue(each: FunctionNode): void {
    this.queue.add(each);
  }

  wake(cell: Cell): void {
    // While a function is tried, nobody is told of anything.
    if (this.trial === undefined) cell.wake(this);
  }

  grow(cell: Cell, values: Values): void {
    if (values.length === 0) return;
    if (this.trial !== undefined) {
      if (!this.trial.own.has(cell)) this.trial.contributions.grow(cell, values);
      else if (this.add(cell, values)) this.trial.grew = true;
      return;
    }
    const from = this.current?.file;
    if (from !== undefined && cell.owner !== from) {
      let sent = from.outgoing.get(cell);
      if (sent === undefined) {
        sent = new Sent();
        from.outgoing.set(cell, sent);
      }
      if (!sent.add(values)) return;
      cell.receive(values);
    }
    if (this.add(cell, values)) cell.wake(this);
  }

  private add(cell: Cell, values: Values): boolean {
    if (cell.isCrowded) {
      this.touchesCrowd ||= values.some(({ kind }) => kind === "closure");
      return cell.add(values);
    }
    const grew = cell.add(values);
    const isStrict = this.crowds.size > 0;
    if (grew && hasCrowd(cell, isStrict ? fewFunctions : manyFunctions)) {
      cell.keepFunctionsBack();
      this.isCrowdedAnew = true;
      this.left = isStrict ? this.round : 0;
    }
    return grew;
  }

  read(cell: Cell, reader: FunctionNode): Values {
    cell.readBy(this.reading(reader));
    if (cell.isCrowded) this.touchesCrowd = true;
    return cell.list;
  }

  reading(reader: FunctionNode): Reader {
    if (this.gathering !== undefined) return this.gathering;
    if (reader !== this.current || this.isPlain) return reader;
    if (this.at === undefined) {
      this.at = new Step(reader, this.number);
      reader.steps.splice(this.next, 0, this.at);
    }
    return this.at;
  }

  gather<T>(what: Derived, collect: () => T): T {
    const before = this.gathering;
    this.gathering = what;
    const found = collect();
    this.gathering = before;
    return found;
  }

  /** Looks at the instructions of a function: at all of them the first time, and later at those for which there is something new. */
  private evaluate(each: FunctionNode): void {
    const { registers, steps } = each;
    const { structure } = this.fields;
    const isWhole = this.trial !== undefined || each.structure !== structure;
    this.current = each;
    if (this.trial !== undefined) each.calls = new Map();
    else if (!this.evaluated.has(each)) each.calls = new Map(each.calls);
    this.evaluated.add(each);
    each.file.driverCalls = undefined;
    this.round++;
    this.number = -1;
    this.next = 0;
    for (const { instructions, end } of each.facts.blocks) {
      for (const instruction of instructions) {
        this.number++;
        while (this.next < steps.length && (steps[this.next] as Step).at < this.number) this.next++;
        const known = steps[this.next];
        this.at = known?.at === this.number ? known : undefined;
        this.isPlain = isPlain(instruction, registers);
        const isStale = this.at?.isStale === true;
        if (this.at !== undefined) this.at.isStale = false;
        if (!isWhole && instruction.op === "load" && isAsBefore(each, instruction, registers)) continue;
        if (!isWhole && !isStale && !this.isPlain && !usesAny(each, instruction, this.isNew)) continue;
        const values = this.instructions.step(each, registers, instruction);
        if (values !== undefined && "dst" in instruction) this.put(registers, instruction.dst, values);
      }
      if (end.kind === "return" && end.value !== undefined && (isWhole || this.isNew(end.value)))
        this.grow(each.returns, registers[end.value] ?? nothing);
    }
    each.structure = structure;
  }

  /** Whether a register holds something else since the evaluation of its function began. */
  private readonly isNew = (register: number): boolean => this.news[register] === this.round;

  private put(registers: Values[], register: number, values: Values): void {
    const before = registers[register] ?? nothing;
    if (before !== values && isSame(before, values)) return;
    registers[register] = values;
    if (before !== values) this.news[register] = this.round;
  }

  /** What `value.name` may be, for readers outside. */
  property(values: Values, name: string, reader: FunctionNode): Values {
    return this.properties.of(values, name, reader);
  }
}

/** More functions than this with another content, or new or gone: the whole file is evaluated again. */
const maximumReplaced = 12;

const factsIn = (facts: FileFacts, { facts: { id } }: FunctionNode): FunctionFacts =>
  functionOf(facts, id) as FunctionFacts;

/** The same values in the same order. */
const isSame = (a: Values, b: Values): boolean => a.length === b.length && extended(a, b) !== undefined;
