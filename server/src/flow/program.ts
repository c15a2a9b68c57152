import type { Driver } from "../core/driver.ts";
import type {
  CallInstruction,
  ClassFacts,
  FileFacts,
  FunctionFacts,
  FunctionId,
  Instruction,
  VariableId,
} from "../core/facts.ts";
import type { DriverCall, Resolved } from "./calls.ts";
import { Cell, type Sent, type Step } from "./cells.ts";
import type { ClassNode, Site, Values } from "./values.ts";

/** One file while it is linked: its facts, and what is known of each variable. It outlives edits of its text. */
export interface FileNode {
  readonly index: number;
  readonly path: string;
  facts: FileFacts;
  functions: readonly FunctionNode[];
  classes: readonly ClassNode[];
  variables: readonly Cell[];
  /** The names under which others look for something in it, whether there is anything or not. */
  readonly asked: Set<string>;
  /** Import bindings: where their values come from. Filled on first use. */
  readonly imports: Map<VariableId, ImportSource>;
  /** Cells of other files that this file's functions put values in, with the values. */
  outgoing: Map<Cell, Sent>;
  /** Handles that this file's functions gave to code that is not in sight. */
  readonly escaped: Set<Site>;
  /** Functions and classes, of any file, that remember calls of this file. */
  readonly calling: Set<FunctionNode>;
  readonly constructing: Set<ClassNode>;
  /** The calls of drivers in this file; undefined where a function was evaluated since. */
  driverCalls: readonly DriverSite[] | undefined;
}

/** The language whose drivers a file can import. */
export const driverLanguage = ({ facts }: FileNode): Driver["language"] =>
  facts.language === "python" ? "python" : "javascript";

/** The name of a module of a package in the table of external work: both languages have a `redis`. */
export const externalName = (file: FileNode, specifier: string): string =>
  driverLanguage(file) === "python" ? `python:${specifier}` : specifier;

export const isPython = ({ file }: FunctionNode): boolean => file.facts.language === "python";

export interface DriverSite {
  readonly each: FunctionNode;
  readonly call: CallInstruction;
  readonly one: DriverCall;
}

/** Where an imported name leads: cells of other files, and values that are known at once. */
export interface ImportSource {
  /** The name in the other module; `*` for the whole of it. */
  readonly imported: string;
  readonly cells: readonly Cell[];
  readonly values: Values;
}

export interface FunctionNode {
  readonly index: number;
  /** Which function of its file it is, in the order of the text. */
  position: number;
  /** Tells it apart in its file by names, so that it is found again after an edit: `Orders.place#0/arrow#1`. */
  key: string;
  readonly file: FileNode;
  facts: FunctionFacts;
  readonly returns: Cell;
  readonly receiver: Cell;
  /** What each register holds after the last evaluation. */
  registers: Values[];
  /** What each call does, after the last evaluation. */
  calls: Map<CallInstruction, Resolved>;
  /** The instructions that have read a cell, in order. Others are told by what they read from registers. */
  readonly steps: Step[];
  /** How the classes stood when all of its instructions were last evaluated; undefined where they have to be. */
  structure: number | undefined;
  /** Calls of the workspace that lead here. */
  readonly callers: Map<CallInstruction, FunctionNode>;
}

export interface Counters {
  functions: number;
  classes: number;
}

const nodes = new WeakMap<FileNode["functions"], ReadonlyMap<FunctionId, FunctionNode>>();

/** The function of a number: in a file that was edited it says nothing of its place. */
export function nodeOf(file: FileNode | undefined, id: FunctionId | undefined): FunctionNode | undefined {
  if (file === undefined || id === undefined) return undefined;
  const { functions } = file;
  const there = functions[id];
  if (there?.facts.id === id) return there;
  let table = nodes.get(functions);
  if (table === undefined) {
    table = new Map(functions.map((each) => [each.facts.id, each]));
    nodes.set(functions, table);
  }
  return table.get(id);
}

/** Builds the nodes of one file, without any values. */
export function fileNode(facts: FileFacts, index: number, counters: Counters): FileNode {
  const file: FileNode = {
    index,
    path: facts.path,
    facts,
    functions: [],
    classes: [],
    variables: [],
    asked: new Set(),
    imports: new Map(),
    outgoing: new Map(),
    escaped: new Set(),
    calling: new Set(),
    constructing: new Set(),
    driverCalls: undefined,
  };
  renew(file, facts, counters);
  return file;
}

/** Gives a file new facts. Functions, classes and variables that it had before, by their names, keep their nodes and cells. */
export function renew(file: FileNode, facts: FileFacts, counters: Counters): void {
  const cells = new Map<string, Cell>();
  const variableKeys = keysOfVariables(file);
  for (const [id, cell] of file.variables.entries()) cells.set(variableKeys[id] as string, cell);
  const functions = new Map(file.functions.map((each) => [each.key, each]));
  const classes = new Map<string, ClassNode>();
  keysOf(file.facts.classes, className).forEach((key, id) => {
    const node = file.classes[id];
    if (node !== undefined) classes.set(key, node);
  });

  file.facts = facts;
  const functionKeys = keysOfFunctions(facts);
  file.functions = facts.functions.map((each, position) => {
    const key = functionKeys[position] as string;
    const known = functions.get(key);
    if (known === undefined) return functionNode(file, each, position, key, counters);
    known.position = position;
    known.facts = each;
    known.registers = [];
    known.calls = new Map();
    known.structure = undefined;
    return known;
  });
  const classKeys = keysOf(facts.classes, className);
  file.classes = facts.classes.map((each, id) => {
    const known = classes.get(classKeys[id] as string);
    if (known === undefined) return classNode(file, each, counters.classes++);
    known.facts = each;
    return known;
  });
  const keys = keysOfVariables(file);
  file.variables = facts.variables.map(({ kind }, id) =>
    kind === "unused" ? unusedCell : (cells.get(keys[id] as string) ?? new Cell(file)),
  );
}

/** What is put in a variable that is none: nothing. */
export const unusedCell = new Cell(undefined);

const keysOfVariables = (file: FileNode): readonly string[] =>
  keysOf(file.facts.variables, (variable) =>
    variable.kind === "unused" ? "unused" : `${nodeOf(file, variable.function)?.key ?? ""}.${variable.name}`,
  );

export const functionNode = (
  file: FileNode,
  facts: FunctionFacts,
  position: number,
  key: string,
  counters: Counters,
): FunctionNode => ({
  index: counters.functions++,
  position,
  key,
  file,
  facts,
  returns: new Cell(file),
  receiver: new Cell(file),
  registers: [],
  calls: new Map(),
  steps: [],
  structure: undefined,
  callers: new Map(),
});

const classNode = (file: FileNode, facts: ClassFacts, id: number): ClassNode => ({
  id,
  file,
  facts,
  superclasses: new Set(),
  subclasses: new Set(),
  constructions: new Map(),
});

/** Functions in the order of files and of their text: how values came to them depends on what was edited when. */
export function inOrder(functions: readonly FunctionNode[]): readonly FunctionNode[] {
  if (functions.length < 2) return functions;
  return [...functions].sort((a, b) => a.file.index - b.file.index || a.position - b.position);
}

/** The calls that lead to a function, in the same order. */
export const callersOf = (target: FunctionNode): readonly (readonly [CallInstruction, FunctionNode])[] =>
  sortedCalls(target.callers);

/** Calls with the functions that they stand in, in the same order. */
export function sortedCalls(
  calls: Iterable<readonly [CallInstruction, FunctionNode]>,
): readonly (readonly [CallInstruction, FunctionNode])[] {
  return [...calls].sort(
    ([a, one], [b, other]) =>
      one.file.index - other.file.index ||
      one.position - other.position ||
      a.span.start - b.span.start ||
      a.dst - b.dst,
  );
}

const className = (facts: ClassFacts): string => facts.name ?? "";

/** Names made unique by counting what has the same name. */
function keysOf<T>(items: readonly T[], name: (item: T) => string): readonly string[] {
  const counts = new Map<string, number>();
  return items.map((item) => {
    const base = name(item);
    const count = counts.get(base) ?? 0;
    counts.set(base, count + 1);
    return `${base}#${count}`;
  });
}

export function keysOfFunctions(facts: FileFacts): readonly string[] {
  const keys: string[] = [];
  const byNumber = new Map<FunctionId, string>();
  const counts = new Map<string, number>();
  for (const each of facts.functions) {
    const parent = each.parent === undefined ? "" : (byNumber.get(each.parent) ?? "");
    const owner = each.class === undefined ? "" : `${facts.classes[each.class]?.name ?? "class"}.`;
    const base = `${parent}/${owner}${each.name ?? each.kind}`;
    const count = counts.get(base) ?? 0;
    counts.set(base, count + 1);
    const key = `${base}#${count}`;
    byNumber.set(each.id, key);
    keys.push(key);
  }
  return keys;
}

/** The calls of drivers in a file. */
export function driverCallsOf(file: FileNode): readonly DriverSite[] {
  file.driverCalls ??= file.functions.flatMap(driverCallsIn);
  return file.driverCalls;
}

const sites = new WeakMap<FunctionNode["calls"], readonly DriverSite[]>();

/** The calls of drivers in a function. */
export function driverCallsIn(each: FunctionNode): readonly DriverSite[] {
  let found = sites.get(each.calls);
  if (found === undefined) {
    const all: DriverSite[] = [];
    for (const [call, { driver }] of each.calls) for (const one of driver) all.push({ each, call, one });
    found = all.length > 0 ? all : noSites;
    sites.set(each.calls, found);
  }
  return found;
}

const noSites: readonly DriverSite[] = [];

/** Takes back which calls of a function lead where. */
export function takeBackCalls(each: FunctionNode): void {
  for (const target of each.file.calling) {
    for (const [call, caller] of target.callers) if (caller === each) target.callers.delete(call);
  }
  for (const node of each.file.constructing) {
    for (const [call, one] of node.constructions) if (one === each) node.constructions.delete(call);
  }
}

/** Takes back what a file told others, otherwise than through its values. */
export function takeBack(file: FileNode): void {
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
    node.former = new Set(node.superclasses);
    node.superclasses.clear();
    delete node.base;
  }
}

const saysNothing: ReadonlySet<Instruction["op"]> = new Set(["literal", "unknown", "global", "load"]);

/** A method of a Python protocol or of an abstract class: it does nothing itself. */
export const isStub = (each: FunctionNode): boolean =>
  isPython(each) &&
  each.facts.class !== undefined &&
  each.facts.blocks.every(({ instructions }) => instructions.every(({ op }) => saysNothing.has(op)));
