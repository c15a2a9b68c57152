import type { ts } from "ts-morph";
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
import { type Earlier, Reuse } from "../control-flow/reuse.ts";

export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What is collected while one file is lowered. */
export class FileLowering {
  readonly source: ts.SourceFile;
  readonly language: "typescript" | "javascript";
  readonly imports: ImportFact[] = [];
  readonly exports: ExportFact[] = [];
  readonly variables: Writable<VariableFact>[] = [];
  /** A place is kept while a function is being lowered: ids are in source order. */
  readonly functions: (FunctionFacts | undefined)[] = [];
  readonly classes: (ClassFacts | undefined)[] = [];
  readonly types: TypeFact[] = [];
  readonly statements: Writable<StatementFact>[] = [];
  commonjs: VariableId | undefined;
  /** How many functions, module and class bodies aside, the code at hand is in. */
  functionDepth = 0;
  /** How deep the syntax is nested: the stack is finite, generated code is not. */
  depth = 0;
  /** The call whose result the `using` declaration at hand holds. */
  managed: ts.Node | undefined;
  /** What `finally` bodies hold, by its node: they are lowered several times, but their variables, closures and statements are the same. */
  readonly once = {
    variables: new Map<ts.Node, VariableId>(),
    functions: new Map<ts.Node, FunctionId>(),
    classes: new Map<ts.Node, ClassId>(),
    statements: new Map<ts.Node, number>(),
  };
  /** Bindings made for `import("x").Name` in types, by specifier and name. */
  readonly typeImports = new Map<string, VariableId>();
  /** What the doc comment of another node speaks of: the value of a declaration, of a property. */
  readonly documented = new Map<ts.Node, ts.Node>();
  /** Whether doc comment tags occur at all. */
  readonly hasTags: boolean;

  /** Takes functions over from the last lowering of a file that is being edited. */
  readonly reuse: Reuse | undefined;

  constructor(source: ts.SourceFile, language: "typescript" | "javascript", earlier?: Earlier) {
    this.source = source;
    this.language = language;
    this.reuse = earlier && new Reuse(this, [source.text], earlier);
    this.hasTags = source.text.includes("@external") || source.text.includes("@pure");
  }

  start(node: ts.Node): number {
    return node.getStart(this.source);
  }

  span(node: ts.Node): Span {
    const start = node.getStart(this.source);
    return { start, end: Math.max(start, node.end) };
  }

  declare(name: string, kind: VariableFact["kind"], owner: FunctionId, span: Span): VariableId {
    this.variables.push({ name, kind, function: owner, span });
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
