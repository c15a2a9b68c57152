import type {
  ClassFacts,
  ClassId,
  ExportFact,
  FunctionFacts,
  FunctionId,
  ImportFact,
  StatementFact,
  TypeFact,
  VariableFact,
  VariableId,
} from "../../core/facts.ts";
import type { Span } from "../../core/text.ts";
import type { Writable } from "../../core/writable.ts";
import { Numbers, unused } from "./numbers.ts";
import { type Earlier, Reuse } from "./reuse.ts";

/** What is collected while one file is lowered, whatever its language; `Node` is one of its syntax. */
export abstract class LoweredFile<Node> {
  readonly imports: ImportFact[] = [];
  readonly exports: ExportFact[] = [];
  /** By their numbers. */
  readonly variables: Writable<VariableFact>[] = [];
  /** The numbers of variables in the order in which they are declared. */
  readonly declared: VariableId[] = [];
  /** By their numbers. A function has one while it is being lowered. */
  readonly functions: (FunctionFacts | undefined)[] = [];
  /** The numbers of functions in source order. */
  readonly order: FunctionId[] = [];
  readonly classes: (ClassFacts | undefined)[] = [];
  readonly types: TypeFact[] = [];
  readonly statements: Writable<StatementFact>[] = [];
  /** How deep the syntax is nested: the stack is finite, generated code is not. */
  depth = 0;
  /** What `finally` bodies hold, by its node: they are lowered several times, but their variables, closures and statements are the same. */
  readonly once = {
    variables: new Map<Node, VariableId>(),
    functions: new Map<Node, FunctionId>(),
    classes: new Map<Node, ClassId>(),
    statements: new Map<Node, number>(),
  };
  /** Whether doc comment tags occur at all. */
  readonly hasTags: boolean;
  /** Takes functions over from the last lowering of a file that is being edited. */
  readonly reuse: Reuse | undefined;
  readonly #numbers: Numbers | undefined;
  readonly #spans: (Span | undefined)[] = new Array(128).fill(undefined);

  /** @param texts the text, and what the parser was given in its place, where that is another one of the same length */
  constructor(texts: readonly [string, ...string[]], earlier: Earlier | undefined) {
    const [text] = texts;
    this.hasTags = text.includes("@external") || text.includes("@pure");
    if (earlier === undefined) return;
    this.reuse = new Reuse(this, texts, earlier);
    const { last } = earlier;
    this.#numbers = new Numbers(last.facts, last.text, text);
    for (let id = 0; id < last.facts.variables.length; id++) this.variables.push(unused);
  }

  /**
   * What instructions say of the same piece of text they say by one object, most of the time: a quarter of all spans is the same as another one.
   * What stands for itself (a function, a variable, a statement) has a span of its own.
   */
  protected shared(start: number, end: number): Span {
    const slot = (start * 7 + end) & 127;
    const known = this.#spans[slot];
    if (known !== undefined && known.start === start && known.end === end) return known;
    const made = { start, end };
    this.#spans[slot] = made;
    return made;
  }

  declare(name: string, kind: VariableFact["kind"], owner: FunctionId, { start, end }: Span): VariableId {
    const span = { start, end };
    const id = this.#numbers?.variable(name, owner, span) ?? this.variables.length;
    this.variables[id] = { name, kind, function: owner, span };
    this.declared.push(id);
    return id;
  }

  reserveFunction(at: Span, kind: FunctionFacts["kind"]): FunctionId {
    const id = this.#numbers?.function(at, kind) ?? this.order.length;
    this.order.push(id);
    return id;
  }

  /** What has been lowered, in source order; `module` is in the place of what has not. */
  functionsInOrder(module: FunctionFacts): readonly FunctionFacts[] {
    return this.order.map((id) => this.functions[id] ?? module);
  }

  reserveClass(): ClassId {
    this.classes.push(undefined);
    return this.classes.length - 1;
  }
}
