import type { FileFacts, FunctionFacts, FunctionId, VariableFact, VariableId } from "../../core/facts.ts";
import { difference, type Span, span } from "../../core/text.ts";

/** The last facts of a file, and the text that they are of. */
export interface Last {
  readonly facts: FileFacts;
  readonly text: string;
}

/** The number of a variable that is gone. */
export const unused: VariableFact = Object.freeze({
  name: "",
  kind: "unused",
  function: 0,
  span: Object.freeze({ start: -1, end: -1 }),
});

/**
 * The numbers of functions and variables of a file that is being edited: what was there before keeps its own, so that all that is said of it stays as it
 * is when something comes or goes in front of it. What is new gets a number that nothing had.
 */
export class Numbers {
  private readonly shift: Change;
  private readonly functionsByStart = new Map<number, FunctionFacts[]>();
  private readonly functionsByEnd = new Map<number, FunctionFacts[]>();
  private readonly functions = new Set<FunctionId>();
  private readonly taken = new Set<FunctionId>();
  private nextFunction = 0;
  private variablesByOwner: Map<FunctionId, Owned> | undefined;
  private readonly declared = new Set<VariableId>();
  private readonly free: VariableId[] = [];
  private nextVariable: number;

  constructor(
    private readonly facts: FileFacts,
    before: string,
    after: string,
  ) {
    this.shift = changeBetween([before], [after]);
    // The module is where nothing else is, and the whole of it.
    for (const each of facts.functions) {
      this.functions.add(each.id);
      if (each.kind === "module") continue;
      add(this.functionsByStart, each.span.start, each);
      add(this.functionsByEnd, each.span.end, each);
    }
    facts.variables.forEach(({ kind }, id) => {
      if (kind === "unused") this.free.push(id);
    });
    this.free.reverse();
    this.nextVariable = facts.variables.length;
  }

  /** The number of a function that stands here: of the one that stood here, or a new one. */
  function({ start, end }: Span, kind: FunctionFacts["kind"]): FunctionId {
    const isIt = (one: FunctionFacts): boolean => one.kind === kind && !this.taken.has(one.id);
    const known =
      kind === "module"
        ? this.facts.functions[0]
        : (at(this.functionsByStart, this.earlier(start))?.find(isIt) ??
          at(this.functionsByEnd, this.earlier(end))?.find(isIt));
    if (known !== undefined) {
      this.taken.add(known.id);
      return known.id;
    }
    while (this.functions.has(this.nextFunction)) this.nextFunction++;
    return this.nextFunction++;
  }

  /** The number of a variable that is declared here: of the one that was called so in its function, or stood here, or a new one. */
  variable(name: string, owner: FunctionId, { start }: Span): VariableId {
    const known = this.known(name, owner, start) ?? this.free.pop() ?? this.nextVariable++;
    this.declared.add(known);
    return known;
  }

  private known(name: string, owner: FunctionId, start: number): VariableId | undefined {
    const owned = this.ownedBy(owner);
    if (owned === undefined) return undefined;
    const isLeft = (id: VariableId): boolean => !this.declared.has(id);
    const before = this.earlier(start);
    const called = owned.byName.get(name);
    if (called?.length === 1) {
      if (isLeft(called[0] as VariableId)) return called[0];
    } else if (called !== undefined) {
      const same = called.find((id) => isLeft(id) && this.facts.variables[id]?.span.start === before);
      if (same !== undefined) return same;
    }
    return at(owned.byStart, before)?.find(isLeft);
  }

  private ownedBy(owner: FunctionId): Owned | undefined {
    if (this.variablesByOwner === undefined) {
      const made = new Map<FunctionId, Owned>();
      this.facts.variables.forEach((one, id) => {
        if (one.kind === "unused") return;
        let owned = made.get(one.function);
        if (owned === undefined) {
          owned = { byName: new Map(), byStart: new Map() };
          made.set(one.function, owned);
        }
        add(owned.byName, one.name, id);
        add(owned.byStart, one.span.start, id);
      });
      this.variablesByOwner = made;
    }
    return this.variablesByOwner.get(owner);
  }

  /** Where an offset of the new text was in the last one; undefined in what is new. */
  private earlier(offset: number): number | undefined {
    const { before, after } = this.shift;
    if (offset < after.start) return offset;
    return offset >= after.end ? offset - after.end + before.end : undefined;
  }
}

interface Owned {
  readonly byName: Map<string, VariableId[]>;
  readonly byStart: Map<number, VariableId[]>;
}

type Change = ReturnType<typeof difference>;

/** The stretch in which any of the texts differs. */
export function changeBetween(before: readonly string[], after: readonly string[]): Change {
  const all = after.map((text, index) => difference(before[index] ?? "", text));
  const start = Math.min(...all.map((one) => one.before.start));
  const end = (side: "before" | "after"): number => Math.max(...all.map((one) => one[side].end));
  const change = { before: span(start, end("before")), after: span(start, end("after")) };
  const [old, fresh] = [change.before, change.after];
  if (old.start === old.end) return moved(change, after, fresh);
  return fresh.start === fresh.end ? moved(change, before, old) : change;
}

/**
 * Whole lines that begin like those behind them could have come anywhere in what is the same: they came at the beginning of a line, else the function
 * behind a new one would be taken for it.
 */
function moved(change: Change, texts: readonly string[], { start, end }: Span): Change {
  const [text = ""] = texts;
  let by = 0;
  while (start - by > 0 && text.charCodeAt(start - by - 1) !== newline) {
    const at = by + 1;
    if (texts.some((one) => one.charCodeAt(start - at) !== one.charCodeAt(end - at))) return change;
    by++;
  }
  const { before, after } = change;
  return { before: span(before.start - by, before.end - by), after: span(after.start - by, after.end - by) };
}

const newline = 10;

const at = <K, V>(map: ReadonlyMap<K, readonly V[]>, key: K | undefined): readonly V[] | undefined =>
  key === undefined ? undefined : map.get(key);

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
