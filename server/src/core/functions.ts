import type { FileFacts, FunctionFacts, FunctionId } from "./facts.ts";

/** By the number of a function: in a file that was edited it says nothing of its place. */
const tables = new WeakMap<FileFacts["functions"], ReadonlyMap<FunctionId, FunctionFacts>>();

/** The function of a number. */
export function functionOf(
  { functions }: Pick<FileFacts, "functions">,
  id: FunctionId | undefined,
): FunctionFacts | undefined {
  if (id === undefined) return undefined;
  const there = functions[id];
  if (there?.id === id) return there;
  let table = tables.get(functions);
  if (table === undefined) {
    table = new Map(functions.map((each) => [each.id, each]));
    tables.set(functions, table);
  }
  return table.get(id);
}
