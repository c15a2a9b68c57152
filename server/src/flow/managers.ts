import type { FunctionFacts } from "../core/facts.ts";

/** Python's context managers: functions that yield once, in the middle of what they do for somebody. */

const makers: ReadonlySet<string> = new Set(["contextmanager", "asynccontextmanager"]);

/** `@contextmanager def connection(): … yield conn …`: `with` enters it, and gets what it yields. */
export const isContextManager = (facts: FunctionFacts): boolean =>
  facts.decorators?.some(({ name }) => makers.has(name[name.length - 1] ?? "")) ?? false;

/** The names under which `with` and `async with` enter a value. */
export const entering: ReadonlySet<string> = new Set(["__enter__", "__aenter__"]);

const lending = new WeakMap<FunctionFacts, boolean>();

/**
 * A generator of Python that yields in one place lends what it holds: what follows the `yield` runs when its user is done, and what its user
 * throws is thrown there. Context managers, fixtures and a framework's dependencies are such.
 */
export function lends(facts: FunctionFacts): boolean {
  if (!facts.generator) return false;
  let known = lending.get(facts);
  if (known === undefined) {
    const places = new Set<number>();
    for (const { instructions } of facts.blocks)
      for (const one of instructions) if (one.op === "yield" && !one.delegate) places.add(one.span.start);
    // A context manager may choose between two.
    known = places.size === 1 || (places.size > 0 && isContextManager(facts));
    lending.set(facts, known);
  }
  return known;
}
