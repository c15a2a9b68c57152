import type { CallInstruction, FileFacts, FunctionFacts, VariableId } from "../core/facts.ts";
import type { Resolved } from "./calls.ts";
import { Cell, type ClassNode, type Values } from "./values.ts";

/** One file while it is linked: its facts, and what is known of each variable. */
export interface FileNode {
  readonly index: number;
  readonly path: string;
  readonly facts: FileFacts;
  readonly functions: readonly FunctionNode[];
  readonly classes: readonly ClassNode[];
  readonly variables: readonly Cell[];
  /** Import bindings: where their values come from. Filled on first use. */
  readonly imports: Map<VariableId, ImportSource>;
}

/** Where an imported name leads: cells of other files, and values that are known at once. */
export interface ImportSource {
  readonly cells: readonly Cell[];
  readonly values: Values;
}

export interface FunctionNode {
  readonly index: number;
  readonly file: FileNode;
  readonly facts: FunctionFacts;
  readonly returns: Cell;
  readonly receiver: Cell;
  /** What each register holds after the last evaluation. */
  registers: Values[];
  /** What each call does, after the last evaluation. */
  calls: Map<CallInstruction, Resolved>;
  /** Calls of the workspace that lead here. */
  readonly callers: Map<CallInstruction, FunctionNode>;
  /** The function is handed to code that is not in sight, which calls it with what it likes. */
  escapes: boolean;
}

/** Builds the nodes of one file, without any values. */
export function fileNode(facts: FileFacts, index: number, counters: { functions: number; classes: number }): FileNode {
  const functions: FunctionNode[] = [];
  const classes: ClassNode[] = [];
  const file: FileNode = {
    index,
    path: facts.path,
    facts,
    functions,
    classes,
    variables: facts.variables.map(() => new Cell()),
    imports: new Map(),
  };
  for (const each of facts.functions) {
    functions.push({
      index: counters.functions++,
      file,
      facts: each,
      returns: new Cell(),
      receiver: new Cell(),
      registers: [],
      calls: new Map(),
      callers: new Map(),
      escapes: false,
    });
  }
  for (const each of facts.classes) {
    classes.push({
      id: counters.classes++,
      file,
      facts: each,
      superclasses: new Set(),
      subclasses: new Set(),
      constructions: new Map(),
    });
  }
  return file;
}
