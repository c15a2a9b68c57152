import type { Span } from "./text.ts";

/**
 * The intermediate language. A front end lowers one file to `FileFacts`; everything after it knows no syntax.
 * Facts are plain data that depend on the file's text alone (no other file, no settings), so they can be cached by content.
 */

/** A register of one function: written once, by the instruction whose `dst` it is. */
export type ValueId = number;
/** A named variable, unique in its file; shared by the closures that capture it. Numbers say nothing of an order: an edit leaves those that there were. */
export type VariableId = number;
/** Unique in its file, 0 is the module body; `functionOf` has the function. Numbers say nothing of an order: an edit leaves those that there were. */
export type FunctionId = number;
/** Index in `FileFacts.classes`. */
export type ClassId = number;
/** Index in `FunctionFacts.blocks`. */
export type BlockId = number;

export type Language = "typescript" | "javascript" | "python" | "ini";

export interface FileFacts {
  readonly path: string;
  readonly language: Language;
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  /** The variable that stands for `module.exports`, where the file uses CommonJS. `exports.a = x` sets a field of its value. */
  readonly commonjs?: VariableId;
  /** By their numbers. */
  readonly variables: readonly VariableFact[];
  /** In the order of the text. */
  readonly functions: readonly FunctionFacts[];
  readonly classes: readonly ClassFacts[];
  /** Interfaces and type aliases by name; classes are in `classes`. */
  readonly types: readonly TypeFact[];
  /** Every statement, outer before inner, in source order. Fixes find their footing here. */
  readonly statements: readonly StatementFact[];
  readonly directives: readonly DirectiveFact[];
}

/** One imported binding. A side-effect import has no binding and is not listed; `require` is the `import` instruction. */
export interface ImportFact {
  readonly specifier: string;
  /** The name in the other module; `default`, or `*` for the namespace. */
  readonly imported: string;
  readonly variable: VariableId;
  readonly typeOnly: boolean;
  readonly span: Span;
}

/**
 * `local`: this file's variable under an exported name (`default` included).
 * `from`: `export { imported as name } from "specifier"`; `imported: "*"` with a name is `export * as name`.
 * `all`: `export * from "specifier"`.
 */
export type ExportFact =
  | { readonly kind: "local"; readonly name: string; readonly variable: VariableId }
  | { readonly kind: "from"; readonly name: string; readonly imported: string; readonly specifier: string }
  | { readonly kind: "all"; readonly specifier: string };

export interface VariableFact {
  readonly name: string;
  readonly kind:
    | "import"
    | "const"
    | "let"
    | "var"
    | "parameter"
    | "function"
    | "class"
    | "catch"
    | "temporary"
    | "type"
    /** The number of one that is gone: no variable. */
    | "unused";
  /** The function whose scope declares it. */
  readonly function: FunctionId;
  readonly type?: TypeRef;
  readonly span: Span;
}

/** A type as written, resolved no further than the variable that its first name is bound to. */
export type TypeRef =
  | {
      readonly kind: "named";
      /** Dotted: `["pg", "PoolClient"]` or `["PoolClient"]`. */
      readonly name: readonly string[];
      /** The binding of the first name in this file, where it has one (an import, a class, a `types` entry by name otherwise). */
      readonly variable?: VariableId;
      readonly arguments: readonly TypeRef[];
    }
  /** `typeof db`, `typeof db.pool`. */
  | { readonly kind: "typeof"; readonly name: readonly string[]; readonly variable?: VariableId }
  | { readonly kind: "union" | "intersection"; readonly of: readonly TypeRef[] }
  | { readonly kind: "object"; readonly members: readonly { readonly name: string; readonly type: TypeRef }[] }
  | { readonly kind: "function"; readonly parameters: readonly (TypeRef | undefined)[]; readonly returns?: TypeRef }
  | { readonly kind: "array"; readonly of: TypeRef }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "other" };

export interface TypeFact {
  readonly name: string;
  /** The binding of the type's name. */
  readonly variable: VariableId;
  readonly type: TypeRef;
  /** Interfaces: what it extends. */
  readonly extends: readonly TypeRef[];
}

export interface ClassFacts {
  readonly name?: string;
  readonly span: Span;
  readonly nameSpan?: Span;
  /** The binding of the class's name, where it has one. */
  readonly variable?: VariableId;
  /**
   * The register of the superclass expression in the function that evaluates the `class` instruction.
   * `heritage` is the same as a type, for declared types (`extends Repository<User>`).
   */
  readonly superclass?: ValueId;
  readonly heritage?: TypeRef;
  readonly implements: readonly TypeRef[];
  readonly members: readonly MemberFact[];
  readonly constructorFunction?: FunctionId;
  /** Instance field initialisers as one function with `set this.x = …` instructions; runs before the constructor's body. */
  readonly initializer?: FunctionId;
  /** The same for static fields and blocks, with `this` the class. */
  readonly staticInitializer?: FunctionId;
  readonly decorators: readonly DecoratorFact[];
}

export interface MemberFact {
  readonly name: string;
  readonly kind: "method" | "getter" | "setter" | "field";
  readonly static: boolean;
  readonly function?: FunctionId;
  /** Declared type of a field, a getter's return type, or of a TypeScript parameter property. */
  readonly type?: TypeRef;
  readonly decorators: readonly DecoratorFact[];
  readonly span: Span;
}

export interface DecoratorFact {
  readonly name: readonly string[];
  readonly variable?: VariableId;
  readonly span: Span;
}

export interface ParameterFact {
  /** The variable that receives the argument; destructuring loads from it in the entry block. */
  readonly variable: VariableId;
  readonly type?: TypeRef;
  readonly rest: boolean;
  readonly optional: boolean;
  /** `constructor(private readonly db: Db)`: also stored as a field of `this` by instructions in the entry block. */
  readonly property: boolean;
  /** Python: `only` after `*` or `*args`; `rest` is `**kwargs`. */
  readonly keyword?: "only" | "rest";
  readonly decorators: readonly DecoratorFact[];
  readonly span: Span;
}

export interface FunctionFacts {
  readonly id: FunctionId;
  readonly name?: string;
  readonly kind: "module" | "function" | "arrow" | "method" | "constructor" | "getter" | "setter" | "initializer";
  readonly async: boolean;
  readonly generator: boolean;
  readonly parameters: readonly ParameterFact[];
  readonly returnType?: TypeRef;
  /** Python's; those of methods are in `MemberFact.decorators` as well. */
  readonly decorators?: readonly DecoratorFact[];
  /** The function it is written in; undefined for the module body. */
  readonly parent?: FunctionId;
  /** The class it is a member of. */
  readonly class?: ClassId;
  readonly static: boolean;
  readonly blocks: readonly Block[];
  /** Always 0. */
  readonly entry: BlockId;
  readonly span: Span;
  readonly nameSpan?: Span;
  /** The braces of the body, or the expression of a concise arrow. */
  readonly bodySpan: Span;
  /** Doc comment tags that people use to correct the analysis. */
  readonly tags: readonly ("external" | "pure")[];
}

/**
 * Straight-line code. An instruction that may throw (`call`, `await`, `yield`, `get` on an unknown value is taken as safe) goes to
 * `handler` when it does, or leaves the function. `finally` bodies are lowered once for every way through them, so the same
 * span may occur in several blocks; the closures in them are lowered once.
 */
export interface Block {
  readonly instructions: readonly Instruction[];
  readonly handler?: BlockId;
  readonly end: Terminator;
}

export type Terminator =
  | { readonly kind: "goto"; readonly to: BlockId }
  /** `test` truthy goes to `then`. `&&`, `||`, `!` in a condition are lowered to control flow, comparisons stay `operation`s. */
  | {
      readonly kind: "branch";
      readonly test: ValueId;
      readonly then: BlockId;
      readonly else: BlockId;
      readonly span: Span;
    }
  /** A choice that is not looked into: `switch`, the next round of a loop over a collection. */
  | { readonly kind: "choice"; readonly to: readonly BlockId[]; readonly span: Span }
  | { readonly kind: "return"; readonly value?: ValueId; readonly span: Span }
  /** To the block's handler, or out of the function. Without a value: the end of `finally` or `using` throws on what it caught. */
  | { readonly kind: "throw"; readonly value?: ValueId; readonly span: Span }
  /** Not reached (after `process.exit()`). */
  | { readonly kind: "stop" };

export type Constant = string | number | boolean | null | undefined;

/** What becomes of the promise that a call returns, as far as its own expression shows. */
export type Use =
  /** Operand of `await` (also through parentheses, `as`, `!`). */
  | "awaited"
  /** Operand of `return`, or the value of a concise arrow: the caller awaits it. */
  | "returned"
  /** An expression statement: nobody can wait for it. `void f()` is the same. */
  | "dropped"
  /** Receiver of `.then`, `.catch`, `.finally`, or of any other member. */
  | "chained"
  /** An element of an array literal (`Promise.all([f(), g()])`). */
  | "element"
  /** Stored, passed on, yielded or used in an expression. */
  | "used";

export interface Argument {
  readonly value: ValueId;
  readonly spread: boolean;
  readonly span: Span;
  /** Python's keyword arguments. */
  readonly keyword?: string;
}

export interface CallInstruction {
  readonly op: "call";
  readonly dst: ValueId;
  /** `tag`: the argument 0 is the `template` register. `decorator`: `@name(…)`. */
  readonly style: "call" | "new" | "tag" | "decorator";
  readonly callee: ValueId;
  /** `receiver.property(…)`: `callee` is then the register of a `get` of that property from `receiver`. */
  readonly receiver?: ValueId;
  readonly property?: string;
  readonly arguments: readonly Argument[];
  readonly use: Use;
  /** The expression of the whole call. */
  readonly span: Span;
  readonly calleeSpan: Span;
  /** From `(` to `)` inclusive; empty, at the end of the callee, where `new Pool` has none. The template for a tag. */
  readonly argumentsSpan: Span;
  /** Held by `using`, `await using` or `with`: disposed of where its scope ends (an explicit `dispose` instruction). */
  readonly managed: boolean;
  /** `new Map<string, Pool>()`, `get<Pool>(…)`; absent where none are written. */
  readonly typeArguments?: readonly TypeRef[];
}

export interface ObjectEntry {
  /** undefined for a spread or a computed key. */
  readonly key?: string;
  readonly value: ValueId;
  readonly spread: boolean;
  /** `get pool() { … }`: the value is the closure of the accessor, which runs when the property is read or set. */
  readonly accessor?: "getter" | "setter";
  /** The whole entry (`max: 5`, `...rest`, `max`), without the comma. */
  readonly span: Span;
  readonly keySpan: Span;
  readonly valueSpan: Span;
}

export type Instruction =
  | { readonly op: "literal"; readonly dst: ValueId; readonly value: Constant; readonly span: Span }
  /** A template literal, f-string, or a string concatenation: pieces of text with registers between. */
  | {
      readonly op: "template";
      readonly dst: ValueId;
      readonly parts: readonly (string | ValueId)[];
      readonly span: Span;
    }
  | { readonly op: "object"; readonly dst: ValueId; readonly entries: readonly ObjectEntry[]; readonly span: Span }
  | { readonly op: "array"; readonly dst: ValueId; readonly elements: readonly Argument[]; readonly span: Span }
  | { readonly op: "load"; readonly dst: ValueId; readonly variable: VariableId; readonly span: Span }
  | { readonly op: "store"; readonly variable: VariableId; readonly value: ValueId; readonly span: Span }
  /** A name that this file does not bind: `process`, `globalThis`, `fetch`. */
  | { readonly op: "global"; readonly dst: ValueId; readonly name: string; readonly span: Span }
  | { readonly op: "this"; readonly dst: ValueId; readonly span: Span }
  | { readonly op: "super"; readonly dst: ValueId; readonly span: Span }
  | {
      readonly op: "get";
      readonly dst: ValueId;
      readonly object: ValueId;
      readonly property: string;
      readonly span: Span;
      readonly propertySpan: Span;
    }
  | {
      readonly op: "set";
      readonly object: ValueId;
      readonly property: string;
      readonly value: ValueId;
      readonly span: Span;
    }
  /** `object[key]`, where the key is no literal. */
  | {
      readonly op: "index";
      readonly dst: ValueId;
      readonly object: ValueId;
      readonly key: ValueId;
      readonly span: Span;
    }
  | {
      readonly op: "setIndex";
      readonly object: ValueId;
      readonly key: ValueId;
      readonly value: ValueId;
      readonly span: Span;
    }
  /** What an object pattern's `...rest` receives, or an iteration takes out of a collection (`element`). */
  | {
      readonly op: "rest";
      readonly dst: ValueId;
      readonly object: ValueId;
      readonly except: readonly string[];
      readonly span: Span;
    }
  | {
      readonly op: "element";
      readonly dst: ValueId;
      readonly collection: ValueId;
      readonly index?: number;
      readonly span: Span;
    }
  | { readonly op: "closure"; readonly dst: ValueId; readonly function: FunctionId; readonly span: Span }
  | { readonly op: "class"; readonly dst: ValueId; readonly class: ClassId; readonly span: Span }
  | CallInstruction
  | { readonly op: "await"; readonly dst: ValueId; readonly value: ValueId; readonly span: Span }
  | {
      readonly op: "yield";
      readonly dst: ValueId;
      readonly value?: ValueId;
      readonly delegate: boolean;
      readonly span: Span;
    }
  /** `require("x")` (the module itself) or `await import("x")` (its namespace). */
  | {
      readonly op: "import";
      readonly dst: ValueId;
      readonly specifier: string;
      readonly style: "require" | "dynamic";
      readonly span: Span;
    }
  /** One of these: `a ?? b`, `a || b`, `c ? a : b` used as a value. `test` is the register of `c`. */
  | {
      readonly op: "either";
      readonly dst: ValueId;
      readonly values: readonly ValueId[];
      readonly test?: ValueId;
      readonly operator: "??" | "||" | "&&" | "?:";
      readonly span: Span;
    }
  | {
      readonly op: "operation";
      readonly dst: ValueId;
      readonly operator: string;
      readonly operands: readonly ValueId[];
      readonly span: Span;
    }
  /** The end of a `using` or `with` scope for the value that it holds. */
  | { readonly op: "dispose"; readonly value: ValueId; readonly awaited: boolean; readonly span: Span }
  /** An error was caught by which a driver says that the server has ended the connection: whatever was open or held on it is gone. */
  | { readonly op: "disconnected"; readonly span: Span }
  /** Syntax that is not modelled: it may do anything with its operands. */
  | { readonly op: "unknown"; readonly dst: ValueId; readonly operands: readonly ValueId[]; readonly span: Span };

export interface StatementFact {
  readonly kind:
    | "block"
    | "expression"
    | "variable"
    | "return"
    | "throw"
    | "if"
    | "loop"
    | "switch"
    | "try"
    | "function"
    | "class"
    | "import"
    | "other";
  readonly span: Span;
  /** Index in `statements`, or -1. */
  readonly parent: number;
  readonly function: FunctionId;
  /** `try`: the blocks with their braces. */
  readonly body?: Span;
  readonly catch?: Span;
  readonly catchParameter?: string;
  readonly finally?: Span;
}

/** `// bouncer-safe-disable-next-line rule-a, rule-b -- reason` and kin; parsed, not yet judged. */
export interface DirectiveFact {
  readonly kind: "disable-line" | "disable-next-line" | "disable-file";
  /** Empty: every rule. */
  readonly rules: readonly string[];
  readonly reason?: string;
  /** The comment. */
  readonly span: Span;
  /** What it covers: the line or the next line (whole lines), or the file. */
  readonly covers: Span;
}
