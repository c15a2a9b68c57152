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
import type { Node, Parsed } from "./tree.ts";

export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What is collected while one file is lowered. */
export class FileLowering {
  readonly text: string;
  readonly parsed: Parsed;
  readonly imports: ImportFact[] = [];
  readonly exports: ExportFact[] = [];
  readonly variables: Writable<VariableFact>[] = [];
  /** A place is kept while a function is being lowered: ids are in source order. */
  readonly functions: (FunctionFacts | undefined)[] = [];
  readonly classes: (ClassFacts | undefined)[] = [];
  readonly types: TypeFact[] = [];
  readonly statements: Writable<StatementFact>[] = [];
  /** The modules of `from x import *`, in order. */
  readonly stars: string[] = [];
  /** Bindings of names that only a star import can bring, by name. */
  readonly starred = new Map<string, readonly VariableId[]>();
  /** `import a.b.c` binds `a`; by its variable, what `a.b.c` is. */
  readonly submodules = new Map<VariableId, Map<string, VariableId>>();
  /** How many functions, module and class bodies aside, the code at hand is in. */
  functionDepth = 0;
  /** How deep the syntax is nested: the stack is finite, generated code is not. */
  depth = 0;
  /** How many `if TYPE_CHECKING:` the code at hand is inside of. */
  typeChecking = 0;
  /** What `finally` and `with` bodies hold, by its node: they are lowered several times, but their variables, closures and statements are the same. */
  readonly once = {
    variables: new Map<Node, VariableId>(),
    functions: new Map<Node, FunctionId>(),
    classes: new Map<Node, ClassId>(),
    statements: new Map<Node, number>(),
  };
  /** Whether doc comment tags occur at all. */
  readonly hasTags: boolean;
  /** Whether an expression can bind a name at all. */
  readonly hasWalrus: boolean;

  /** Takes functions over from the last lowering of a file that is being edited. */
  readonly reuse: Reuse | undefined;

  constructor(parsed: Parsed, earlier?: Earlier) {
    this.parsed = parsed;
    this.text = parsed.text;
    this.reuse = earlier && new Reuse(this, [parsed.text, parsed.mended], earlier);
    this.hasTags = parsed.text.includes("@external") || parsed.text.includes("@pure");
    this.hasWalrus = parsed.text.includes(":=");
  }

  span({ start, end }: Node): Span {
    return { start, end };
  }

  textOf({ start, end }: Node): string {
    return this.text.slice(start, end);
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
