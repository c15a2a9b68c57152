import type { TypeRef, ValueId } from "../../core/facts.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { expressionIn, expressionsIn, parts, unwrap } from "./nodes.ts";
import { plainText } from "./strings.ts";
import { type Node, parse } from "./tree.ts";

const other: TypeRef = { kind: "other" };

/** Annotations nest no deeper than this. */
const deepest = 20;

/** An annotation: what stands after `:` or `->`, or the expression itself. */
export function typeRef(f: FunctionLowering, annotation: Node): TypeRef {
  const node = annotation.type === "TypeDef" ? expressionIn(annotation) : annotation;
  return node ? read({ f, text: f.file.text }, node, 0) : other;
}

/** The same value, with a declared type. */
export function typed(f: FunctionLowering, node: Node, held: ValueId, type: TypeRef | undefined): ValueId {
  if (!type || type.kind === "other") return held;
  const at = f.file.span(node);
  const variable = f.file.declare("", "temporary", f.id, at);
  f.file.variables[variable]!.type = type;
  f.store(variable, held, at);
  return f.load(variable, at);
}

/** Where an annotation is read: one in quotes has a text of its own. */
interface Reading {
  readonly f: FunctionLowering;
  readonly text: string;
}

function read(at: Reading, annotation: Node, depth: number): TypeRef {
  if (depth > deepest) return other;
  const node = unwrap(annotation);
  switch (node.type) {
    case "VariableName":
    case "MemberExpression":
      return named(at, node, depth);
    case "String":
    case "ContinuedString": {
      const written = plainText(at.text, node);
      if (!written || written.includes("\n")) return other;
      const quoted = expressionIn(parse(`(${written})`).root.children[0] ?? node);
      return quoted ? read({ f: at.f, text: `(${written})` }, quoted, depth + 1) : other;
    }
    case "BinaryExpression": {
      const [left, operator, right] = node.children;
      if (!left || !right || operator?.type !== "BitOp") return other;
      return union([read(at, left, depth + 1), read(at, right, depth + 1)]);
    }
    case "None":
      return { kind: "named", name: ["None"], arguments: [] };
    default:
      return other;
  }
}

/** `None` says nothing of what a value is. */
function union(all: readonly TypeRef[]): TypeRef {
  const of = all
    .flatMap((one) => (one.kind === "union" ? one.of : [one]))
    .filter((one) => one.kind !== "other" && !(one.kind === "named" && one.name[0] === "None"));
  if (of.length === 0) return other;
  return of.length === 1 ? of[0]! : { kind: "union", of };
}

function named(at: Reading, node: Node, depth: number): TypeRef {
  const [object, bracket] = node.children;
  if (node.type === "MemberExpression" && bracket?.type === "[" && object) {
    return applied(at, dotted(at.text, object), node, depth);
  }
  const name = dotted(at.text, node);
  return name.length > 0 ? reference(at, name, []) : other;
}

function reference({ f }: Reading, name: readonly string[], given: readonly TypeRef[]): TypeRef {
  const variable = f.scope.type(name[0]!);
  const inner = variable === undefined ? undefined : submodule(f, variable, name);
  if (inner) return { kind: "named", name: inner.name, variable: inner.variable, arguments: given };
  return { kind: "named", name, ...(variable !== undefined && { variable }), arguments: given };
}

/** `import a.b` and then `a.b.Thing`: `Thing` of `a.b`, under the name of that import. */
function submodule(f: FunctionLowering, variable: number, name: readonly string[]) {
  const known = f.file.submodules.get(variable);
  if (!known) return undefined;
  for (let length = name.length - 1; length > 1; length--) {
    const found = known.get(name.slice(0, length).join("."));
    if (found !== undefined) return { variable: found, name: [name[length - 1]!, ...name.slice(length)] };
  }
  return undefined;
}

/** `Optional[X]`, `list[X]` and kin. */
function applied(at: Reading, name: readonly string[], node: Node, depth: number): TypeRef {
  const given = parts(node.children.slice(1)).map(([one]) => one);
  const inner = (index: number): TypeRef => {
    const one = given[index];
    return one ? read(at, one, depth + 1) : other;
  };
  const last = name[name.length - 1] ?? "";
  if (last === "Optional" || wrappers.has(last)) return union([inner(0)]);
  if (last === "Union") return union(given.map((_, index) => inner(index)));
  if (last === "Coroutine") return inner(2);
  if (collections.has(last)) return { kind: "array", of: inner(0) };
  if (last === "Callable") return { kind: "function", parameters: [], ...(given[1] && { returns: inner(1) }) };
  if (last === "Literal" || last === "type" || last === "Type" || name.length === 0) return other;
  return reference(
    at,
    name,
    given.map((_, index) => inner(index)),
  );
}

/** What these hold is what the value is, for whoever uses it. */
const wrappers: ReadonlySet<string> = new Set([
  "Annotated",
  "Awaitable",
  "Final",
  "ClassVar",
  "Required",
  "NotRequired",
  "ReadOnly",
  "InitVar",
  "Mapped",
]);

const collections: ReadonlySet<string> = new Set([
  "list",
  "List",
  "set",
  "Set",
  "frozenset",
  "tuple",
  "Tuple",
  "Sequence",
  "Iterable",
  "Collection",
  "deque",
]);

/** What one may iterate over or enter: for what a generator yields. */
const yielding: ReadonlySet<string> = new Set([
  "Generator",
  "AsyncGenerator",
  "Iterator",
  "AsyncIterator",
  "Iterable",
  "AsyncIterable",
  "ContextManager",
  "AsyncContextManager",
  "AbstractContextManager",
  "AbstractAsyncContextManager",
  "_GeneratorContextManager",
]);

/** The type of what a function gives its caller: of a generator, what it yields. */
export function returnType(f: FunctionLowering, annotation: Node): TypeRef | undefined {
  const type = typeRef(f, annotation);
  if (type.kind === "other") return undefined;
  if (type.kind === "array") return f.generator ? type.of : type;
  if (type.kind === "named" && yielding.has(type.name[type.name.length - 1]!)) return type.arguments[0];
  return type;
}

/** `a.b.c` as names; empty for anything else. */
export function dotted(text: string, node: Node): readonly string[] {
  const names: string[] = [];
  let at = node;
  while (at.type === "MemberExpression") {
    const property = at.children.find(({ type }) => type === "PropertyName");
    const [object] = at.children;
    if (!property || !object) return [];
    names.push(text.slice(property.start, property.end));
    at = object;
  }
  if (at.type !== "VariableName") return [];
  return [...names, text.slice(at.start, at.end)].reverse();
}

/** `Depends(get_db)` and kin in `Annotated[Session, Depends(get_db)]`: calls whose value is what the framework hands over. */
export function annotatedCalls(text: string, annotation: Node): readonly Node[] {
  const node = annotation.type === "TypeDef" ? expressionIn(annotation) : annotation;
  if (node?.type !== "MemberExpression" || node.children[1]?.type !== "[") return [];
  const [object] = node.children;
  const name = object ? dotted(text, object) : [];
  if (name[name.length - 1] !== "Annotated") return [];
  return expressionsIn(node)
    .slice(2)
    .filter(({ type }) => type === "CallExpression");
}
