import type { StatementFact } from "../../core/facts.ts";

/** Statements in source order, outer before inner: hoisted functions and `finally` copies are lowered out of turn. */
export function statementsInOrder(statements: readonly StatementFact[]): readonly StatementFact[] {
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
