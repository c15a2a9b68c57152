import type {
  FileFacts,
  FunctionFacts,
  FunctionId,
  StatementFact,
  VariableFact,
  VariableId,
} from "../../core/facts.ts";
import type { Span } from "../../core/text.ts";
import type { Writable } from "../../core/writable.ts";
import type { LoweredFile } from "./lowered-file.ts";
import { changeBetween, type Last } from "./numbers.ts";
import type { Outside } from "./outside.ts";

/** What a file has been lowered to so far. */
type Lists = Pick<
  LoweredFile<unknown>,
  "functions" | "order" | "classes" | "variables" | "declared" | "types" | "statements" | "imports" | "exports"
>;

/** How long each list is. */
type Lengths = { readonly [K in Exclude<keyof Lists, "functions" | "variables">]: number };

/** Where a function stood and what its facts rest on. */
interface LoweredFunction {
  start: number;
  end: number;
  /** Everything that its surroundings decide, in words. */
  readonly context: string;
  /** What had been lowered before it, and with it. */
  before: Lengths;
  after: Lengths;
  /** Names of its surroundings that it uses. */
  readonly outside: Outside;
  /** Every span in its facts, each once. Found when it is moved for the first time. */
  spans: Writable<Span>[] | undefined;
}

/** What one lowering leaves to the next of the same file. */
export interface Lowered {
  /** The text, and what the parser was given in its place, where that is another one of the same length. */
  readonly texts: readonly string[];
  /** In the order in which they were met: their indices are their parents' `parent`. */
  readonly statements: readonly StatementFact[];
  readonly declared: readonly VariableId[];
  /** By their numbers. */
  readonly functions: readonly (LoweredFunction | undefined)[];
}

/** The last facts of a file, and how they came about, where that is known. */
export interface Earlier {
  readonly last: Last;
  readonly lowered: Lowered | undefined;
}

/**
 * Takes functions over from the last lowering of a file: whose text is the same, and around which nothing is different that they use, has the same
 * facts, in another place.
 */
export class Reuse {
  private readonly functions: (LoweredFunction | undefined)[] = [];
  private readonly earlier: { readonly lowered: Lowered; readonly facts: FileFacts } | undefined;
  private readonly change: ReturnType<typeof changeBetween>;
  private comparedImports = 0;
  /** The place of the last function that cannot be taken over, being written: it does something to the file itself. */
  private spoilt = -1;

  /** @param earlier the last facts are what came of `lowered` in the end: these objects are handed on */
  constructor(
    private readonly lists: Lists,
    private readonly texts: readonly string[],
    { last, lowered }: Earlier,
  ) {
    this.earlier = lowered && { lowered, facts: last.facts };
    this.change = changeBetween(lowered?.texts ?? [], texts);
  }

  /** Whether the function that was given its number last is the one of the last lowering; then it and all in it are in the lists. */
  take(
    id: FunctionId,
    at: Span,
    context: string,
    meaning: Parameters<Outside["stands"]>[0],
    /** The statement around it, by its index. */
    statement: number,
  ): boolean {
    const known = this.earlier?.lowered.functions[id];
    if (this.earlier === undefined || known === undefined || known.context !== context) return false;
    const by = this.moved(known);
    if (by === undefined || known.start + by !== at.start || known.end + by !== at.end) return false;
    const now = this.lengths();
    // Classes are counted through the file.
    if (known.before.classes !== now.classes || known.before.imports !== now.imports) return false;
    if (!this.importsTheSame() || !known.outside.stands(meaning)) return false;
    const { facts, lowered } = this.earlier;
    if (by !== 0) {
      known.spans ??= this.spansOf(known);
      for (const span of known.spans) {
        span.start += by;
        span.end += by;
      }
    }
    const { before, after, outside } = known;
    const { lists } = this;
    this.takeStatements(lowered.statements, before.statements, after.statements, statement);
    for (const one of functionsOf(facts, known)) {
      if (one.id !== id) lists.order.push(one.id);
      lists.functions[one.id] = one;
      const inner = lowered.functions[one.id];
      if (inner !== undefined) {
        inner.start += by;
        inner.end += by;
        inner.before = movedLengths(inner.before, before, now);
        inner.after = movedLengths(inner.after, before, now);
      }
      this.functions[one.id] = inner;
    }
    append(lists.classes, facts.classes, before.classes, after.classes);
    for (let index = before.declared; index < after.declared; index++) {
      const variable = lowered.declared[index] as VariableId;
      lists.variables[variable] = facts.variables[variable] as VariableFact;
      lists.declared.push(variable);
    }
    append(lists.types, facts.types, before.types, after.types);
    // Functions around it, being written, use what it uses.
    outside.ask(meaning);
    return true;
  }

  /** Statements are counted through the file: those of a function may have other numbers now. */
  private takeStatements(from: readonly StatementFact[], start: number, end: number, around: number): void {
    const by = this.lists.statements.length - start;
    for (let index = start; index < end; index++) {
      const one = from[index] as Writable<StatementFact>;
      one.parent = one.parent < start ? around : one.parent + by;
      this.lists.statements.push(one);
    }
  }

  /** Whether everything imported so far was imported before. */
  private importsTheSame(): boolean {
    const { imports } = this.lists;
    const before = this.earlier?.facts.imports ?? [];
    while (this.comparedImports < imports.length) {
      const [one, other] = [imports[this.comparedImports]!, before[this.comparedImports]];
      const isSame =
        one.specifier === other?.specifier &&
        one.imported === other.imported &&
        one.variable === other.variable &&
        one.typeOnly === other.typeOnly;
      if (!isSame) return false;
      this.comparedImports++;
    }
    return true;
  }

  /** How far a stretch of the last text was moved by the change; undefined where the change is in it. */
  private moved({ start, end }: { readonly start: number; readonly end: number }): number | undefined {
    const { before, after } = this.change;
    if (end <= before.start) return 0;
    return start >= before.end ? after.end - before.end : undefined;
  }

  /** A function begins to be lowered: what `lengths` says at its beginning. */
  lengths(): Lengths {
    const { order, classes, declared, types, statements, imports, exports } = this.lists;
    return {
      order: order.length,
      classes: classes.length,
      declared: declared.length,
      types: types.length,
      statements: statements.length,
      imports: imports.length,
      exports: exports.length,
    };
  }

  /** A function has been lowered. */
  add(id: FunctionId, at: Span, context: string, before: Lengths, outside: Outside): void {
    const after = this.lengths();
    const isOwn =
      before.imports === after.imports && before.exports === after.exports && this.spoilt < before.order - 1;
    const { start, end } = at;
    this.functions[id] =
      isOwn && outside.sure ? { start, end, context, before, after, outside, spans: undefined } : undefined;
  }

  /** What is being lowered does something to the file as a whole: none of the functions that it is in can be taken over. */
  spoil(): void {
    this.spoilt = this.lists.order.length - 1;
  }

  get lowered(): Lowered {
    const { statements, declared } = this.lists;
    return { texts: this.texts, statements, declared, functions: this.functions };
  }

  private spansOf(known: LoweredFunction): Writable<Span>[] {
    const { facts, lowered } = this.earlier!;
    const { before, after } = known;
    const found = new Set<Writable<Span>>();
    collect(functionsOf(facts, known), found);
    collect(facts.classes.slice(before.classes, after.classes), found);
    for (const id of lowered.declared.slice(before.declared, after.declared)) collect(facts.variables[id], found);
    collect(lowered.statements.slice(before.statements, after.statements), found);
    return [...found];
  }
}

/** A function and those in it. */
const functionsOf = (facts: FileFacts, { before, after }: LoweredFunction): readonly FunctionFacts[] =>
  facts.functions.slice(before.order - 1, after.order);

/** People edit a few files at a time. */
const mostLowered = 8;

/** Lowers the texts of the same files again and again: what is unchanged is taken over from the second text of a file on. */
export abstract class Editing {
  /** How the last facts of files that are being edited came about, in the order of their last use. */
  readonly #lowered = new Map<string, Lowered>();

  protected abstract fresh(path: string, text: string): FileFacts;
  protected abstract again(path: string, text: string, earlier: Earlier): { facts: FileFacts; lowered: Lowered };

  /** The facts of a text; `last` are those of the text before, which are used up. */
  lower(path: string, text: string, last: Last | undefined): FileFacts {
    const lowered = this.#lowered.get(path);
    this.#lowered.delete(path);
    if (last === undefined) return this.fresh(path, text);
    const made = this.again(path, text, { last, lowered });
    this.#lowered.set(path, made.lowered);
    if (this.#lowered.size > mostLowered) this.#lowered.delete(this.#lowered.keys().next().value!);
    return made.facts;
  }
}

function append<T>(list: T[], from: readonly T[], start: number, end: number): void {
  for (let index = start; index < end; index++) list.push(from[index] as T);
}

/** What came `from` one place of the lists is at another one, `to`. */
const movedLengths = (lengths: Lengths, from: Lengths, to: Lengths): Lengths => ({
  order: lengths.order - from.order + to.order,
  classes: lengths.classes - from.classes + to.classes,
  declared: lengths.declared - from.declared + to.declared,
  types: lengths.types - from.types + to.types,
  statements: lengths.statements - from.statements + to.statements,
  imports: lengths.imports - from.imports + to.imports,
  exports: lengths.exports - from.exports + to.exports,
});

function collect(data: unknown, found: Set<Writable<Span>>): void {
  if (typeof data !== "object" || data === null) return;
  if (Array.isArray(data)) for (const one of data) collect(one, found);
  else if ("start" in data) found.add(data as Writable<Span>);
  else for (const name in data) collect((data as Readonly<Record<string, unknown>>)[name], found);
}
