import type { FileFacts, StatementFact } from "../../core/facts.ts";

/** Facts whose statements are put in order when they are first asked for: most files are never asked. */
export function withStatements(facts: Omit<FileFacts, "statements">, statements: readonly StatementFact[]): FileFacts {
  let sorted: readonly StatementFact[] | undefined;
  return Object.defineProperty(facts, "statements", {
    get: () => {
      sorted ??= statementsInOrder(statements);
      return sorted;
    },
    enumerable: true,
  }) as FileFacts;
}

/** Statements in source order, outer before inner: hoisted functions and `finally` copies are lowered out of turn. */
function statementsInOrder(statements: readonly StatementFact[]): readonly StatementFact[] {
  const precedes = (a: StatementFact, b: StatementFact) => a.span.start - b.span.start || b.span.end - a.span.end;
  let sorted = 1;
  while (sorted < statements.length && precedes(statements[sorted - 1]!, statements[sorted]!) <= 0) sorted++;
  if (sorted >= statements.length) return statements;
  const order = statements.map((_, index) => index).sort((a, b) => precedes(statements[a]!, statements[b]!) || a - b);
  const position = new Int32Array(statements.length);
  for (let index = 0; index < order.length; index++) position[order[index]!] = index;
  return order.map((old) => {
    const statement = statements[old]!;
    const parent = statement.parent < 0 ? -1 : position[statement.parent]!;
    return parent === statement.parent ? statement : { ...statement, parent };
  });
}
