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
import { type Earlier, Reuse } from "./reuse.ts";

/** What is collected while one file is lowered, whatever its language; `Node` is one of its syntax. */
export abstract class LoweredFile<Node> {
  readonly imports: ImportFact[] = [];
  readonly exports: ExportFact[] = [];
  readonly variables: Writable<VariableFact>[] = [];
  /** A place is kept while a function is being lowered: ids are in source order. */
  readonly functions: (FunctionFacts | undefined)[] = [];
  readonly classes: (ClassFacts | undefined)[] = [];
  readonly types: TypeFact[] = [];
  readonly statements: Writable<StatementFact>[] = [];
  /** How many functions, module and class bodies aside, the code at hand is in. */
  functionDepth = 0;
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
  readonly #spans: (Span | undefined)[] = new Array(128).fill(undefined);

  /** @param texts the text, and what the parser was given in its place, where that is another one of the same length */
  constructor(texts: readonly [string, ...string[]], earlier: Earlier | undefined) {
    const [text] = texts;
    this.hasTags = text.includes("@external") || text.includes("@pure");
    this.reuse = earlier && new Reuse(this, texts, earlier);
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
    this.variables.push({ name, kind, function: owner, span: { start, end } });
    return this.variables.length - 1;
  }

  reserveFunction(): FunctionId {
    this.functions.push(undefined);
    return this.functions.length - 1;
  }

  reserveClass(): ClassId {
    this.classes.push(undefined);
    return this.classes.length - 1;
  }
}
