import type { ClassFacts, FileFacts, FunctionFacts, Instruction, VariableId } from "./facts.ts";
import type { Span } from "./text.ts";
import type { Writable } from "./writable.ts";

/**
 * The facts of a text, made of those of the text before it wherever they say the same: same object, its spans moved to where it stands now. What is
 * kept by these objects (values, paths, findings) then stays valid over an edit and moves along. The facts given as `before` are used up.
 *
 * Functions and variables are the same by their numbers. Of classes nothing is taken over where one came or went: they are counted.
 */
export function carryOver(before: FileFacts, after: FileFacts): FileFacts {
  if (before.language !== after.language || before.classes.length !== after.classes.length) return after;
  const renamed = new Set<VariableId>();
  before.variables.forEach((one, id) => {
    const other = after.variables[id];
    if (one.name !== other?.name || one.kind !== other.kind || one.function !== other.function) renamed.add(id);
  });
  const keep = <T>(old: readonly T[], fresh: readonly T[]): readonly T[] => kept(old, fresh, renamed);
  const known = new Map(before.functions.map((one) => [one.id, one]));
  const functions = kept(before.functions, after.functions, renamed, ({ id }) => known.get(id));
  for (const one of functions) {
    const old = known.get(one.id);
    if (old !== undefined && one !== old) adopt(old, one);
  }
  // Not a copy: statements are put in order when they are asked for.
  return Object.assign(after, {
    imports: keep(before.imports, after.imports),
    exports: keep(before.exports, after.exports),
    variables: keep(before.variables, after.variables),
    functions,
    classes: keep<ClassFacts>(before.classes, after.classes),
    types: keep(before.types, after.types),
  });
}

/** Element by element; the old list itself where nothing in it changed. */
function kept<T>(
  old: readonly T[],
  fresh: readonly T[],
  renamed: ReadonlySet<VariableId>,
  of: (one: T, index: number) => T | undefined = (_, index) => old[index],
): readonly T[] {
  let isSame = old.length === fresh.length;
  const list = fresh.map((one, index) => {
    if (one === old[index]) return one;
    const comparison = new Comparison(renamed);
    const known = of(one, index);
    if (known !== undefined && comparison.same(known, one) && comparison.move()) {
      if (known !== old[index]) isSame = false;
      return known;
    }
    isSame = false;
    return one;
  });
  return isSame ? old : list;
}

/** Whether two pieces of plain data say the same, wherever they stand. */
class Comparison {
  /** Spans of the one and of the other, in turn. */
  private readonly spans: Writable<Span>[] = [];

  /** @param renamed variables that are no longer what they were: what speaks of them says something else */
  constructor(private readonly renamed: ReadonlySet<VariableId>) {}

  same(a: unknown, b: unknown): boolean {
    // The front end takes over only what means the same.
    if (a === b) return true;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
    return this.walk(a, b);
  }

  private walk(a: object, b: object): boolean {
    if (Array.isArray(a)) {
      if (!Array.isArray(b) || a.length !== b.length) return false;
      for (let index = 0; index < a.length; index++) if (!this.same(a[index], b[index])) return false;
      return true;
    }
    if (isSpan(a)) {
      if (!isSpan(b)) return false;
      this.spans.push(a, b);
      return true;
    }
    const one = a as Readonly<Record<string, unknown>>;
    const other = b as Readonly<Record<string, unknown>>;
    if (one.variable !== undefined && this.renamed.has(one.variable as VariableId)) return false;
    let names = 0;
    for (const name in one) {
      names++;
      if (!this.same(one[name], other[name])) return false;
    }
    for (const _ in other) names--;
    return names === 0;
  }

  /**
   * Moves the spans of the one to where those of the other are. False where that cannot be: what was said of one piece of text is said of two now
   * (`f(a)`, `f((a))`), and the one is of no more use.
   */
  move(): boolean {
    const { spans } = this;
    for (let index = 0; index < spans.length; index += 2) {
      const from = spans[index] as Writable<Span>;
      const to = spans[index + 1] as Span;
      from.start = to.start;
      from.end = to.end;
    }
    for (let index = 0; index < spans.length; index += 2) {
      const from = spans[index] as Span;
      const to = spans[index + 1] as Span;
      if (from.start !== to.start || from.end !== to.end) return false;
    }
    return true;
  }
}

/**
 * In a function that did change, what is found again by what it is and which of its kind keeps its span, moved. A value that came from here and is
 * remembered elsewhere still knows its place.
 */
function adopt(before: FunctionFacts, after: FunctionFacts): void {
  const moved = new Map<Span, Span>();
  const take = (old: Span, fresh: Span): Span => {
    const other = moved.get(old);
    if (other !== undefined && (other.start !== fresh.start || other.end !== fresh.end)) return fresh;
    moved.set(old, fresh);
    return Object.assign(old, { start: fresh.start, end: fresh.end });
  };
  const known = new Map<string, Instruction>();
  for (const [label, one] of labelled(before)) known.set(label, one);
  for (const [label, one] of labelled(after)) {
    const old = known.get(label) as Writable<Instruction> | undefined;
    if (old !== undefined) (one as Writable<Instruction>).span = take(old.span, one.span);
  }
  const fresh = after as Writable<FunctionFacts>;
  fresh.span = take(before.span, after.span);
  fresh.bodySpan = take(before.bodySpan, after.bodySpan);
  if (before.nameSpan && after.nameSpan) fresh.nameSpan = take(before.nameSpan, after.nameSpan);
}

function* labelled({ blocks }: FunctionFacts): Generator<[string, Instruction]> {
  const counts = new Map<string, number>();
  for (const { instructions } of blocks) {
    for (const one of instructions) {
      // Only what is written at one place: the spans of others may stand in other functions as well.
      if (one.op !== "call" && one.op !== "literal" && one.op !== "template") continue;
      const kind = one.op === "call" ? `call ${one.property ?? ""}` : one.op;
      const count = counts.get(kind) ?? 0;
      counts.set(kind, count + 1);
      yield [`${kind} ${count}`, one];
    }
  }
}

const isSpan = (value: object): value is Writable<Span> => "start" in value;
