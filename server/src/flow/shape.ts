import type { FileFacts } from "../core/facts.ts";

const shapes = new WeakMap<FileFacts, string>();

/** What a file exports, but for names of its own that nobody looks for: nobody sees whether they are there. */
export function exportsOf({ exports, variables }: FileFacts, asked: ReadonlySet<string>): string {
  const seen = exports.filter((each) => each.kind !== "local" || each.name === "default" || asked.has(each.name));
  return JSON.stringify(
    seen.map((each) => (each.kind === "local" ? [each.name, variables[each.variable]?.name] : each)),
  );
}

/** What other files see of a file by name alone, beside its exports: imports that are handed on, types. */
export function shapeOf(facts: FileFacts): string {
  let shape = shapes.get(facts);
  if (shape === undefined) {
    shape = shapeText(facts);
    shapes.set(facts, shape);
  }
  return shape;
}

function shapeText(facts: FileFacts): string {
  const named = (id: number): string => facts.variables[id]?.name ?? "";
  return JSON.stringify(
    [
      facts.imports.map((each) => [each.specifier, each.imported, named(each.variable)]),
      facts.commonjs === undefined ? "" : named(facts.commonjs),
      facts.types.map((each) => [each.name, each.type, each.extends]),
      facts.classes.map((each) => [
        each.name,
        each.heritage,
        each.implements,
        each.members.map((member) => [member.name, member.kind, member.static, member.type]),
      ]),
    ],
    (key, value) => (key === "variable" || key === "span" || key === "nameSpan" ? undefined : value),
  );
}
