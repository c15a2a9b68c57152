import type { FileFacts } from "../core/facts.ts";

const shapes = new WeakMap<FileFacts, string>();

/** What other files see of a file by name alone: exports, imports that are handed on, types. */
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
      facts.exports.map((each) => (each.kind === "local" ? [each.name, named(each.variable)] : each)),
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
