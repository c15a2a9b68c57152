import type { FileFacts } from "../server/src/core/facts.ts";
import { functionOf } from "../server/src/core/functions.ts";

/** Facts with the numbers that a fresh start could give: after an edit functions and variables keep those that they had. */
export function renumbered(facts: FileFacts): FileFacts {
  const functions = new Map(facts.functions.map(({ id }, index) => [id, index]));
  const imported = new Map(facts.imports.map(({ variable }, index) => [variable, index]));
  const variables = [...facts.variables.entries()]
    .filter(([, { kind }]) => kind !== "unused")
    .sort(
      ([a, one], [b, other]) =>
        (functions.get(one.function) ?? -1) - (functions.get(other.function) ?? -1) ||
        one.span.start - other.span.start ||
        one.span.end - other.span.end ||
        one.name.localeCompare(other.name) ||
        one.kind.localeCompare(other.kind) ||
        (imported.get(a) ?? -1) - (imported.get(b) ?? -1) ||
        a - b,
    );
  const numbers = new Map(variables.map(([id], index) => [id, index]));
  const deep = (data: unknown): unknown => {
    if (typeof data !== "object" || data === null) return data;
    if (Array.isArray(data)) return data.map(deep);
    return Object.fromEntries(
      Object.entries(data).map(([name, value]) => {
        const table =
          name === "variable" || name === "commonjs" ? numbers : ofFunctions.has(name) ? functions : undefined;
        return [name, table !== undefined && typeof value === "number" ? table.get(value) : deep(value)];
      }),
    );
  };
  return deep({
    ...facts,
    variables: variables.map(([, one]) => one),
    // What a statement's parent is called, is a statement.
    functions: facts.functions.map(({ parent, ...one }) =>
      parent === undefined ? one : { ...one, inside: functions.get(functionOf(facts, parent)?.id ?? -1) },
    ),
  }) as FileFacts;
}

const ofFunctions = new Set(["id", "function", "constructorFunction", "initializer", "staticInitializer"]);
