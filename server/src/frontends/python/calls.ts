import type { Argument, CallInstruction, ObjectEntry, Use, ValueId } from "../../core/facts.ts";
import { type Span, span } from "../../core/text.ts";
import type { Writable } from "../../core/writable.ts";
import { comprehensionOf } from "./comprehensions.ts";
import { onStack } from "./exit-stacks.ts";
import { elementOf, get, value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { object } from "./literals.ts";
import { childOf, expressionsIn, parts, unwrap } from "./nodes.ts";
import { partialFunction } from "./partial.ts";
import { formatParts, isText, plainText, template } from "./strings.ts";
import type { Node } from "./tree.ts";
import { dotted, typed, typeRef } from "./types.ts";

export type Callee = Pick<CallInstruction, "callee" | "receiver" | "property">;

export function call(f: FunctionLowering, node: Node, use: Use, managed: "managed" | "plain" = "plain"): ValueId {
  const [calleeNode] = node.children;
  const list = childOf(node, "ArgList");
  if (!calleeNode || !list) return f.unknown([], node);
  const special = specialCall(f, node, calleeNode, list);
  if (special !== undefined) return special;
  const init = initOf(f, calleeNode);
  const callee = init ?? calleeOf(f, calleeNode);
  const all = argumentsOf(f, list);
  // `Base.__init__(self, …)` is handed the object itself first.
  const given = init && calleeNode.children[0]?.type === "VariableName" ? all.slice(1) : all;
  const dst = f.next();
  const made: Writable<CallInstruction> = {
    op: "call",
    dst,
    style: "call",
    callee: callee.callee,
    arguments: given,
    use,
    span: f.file.span(node),
    calleeSpan: f.file.span(calleeNode),
    argumentsSpan: f.file.span(list),
    managed: managed === "managed",
  };
  if (callee.receiver !== undefined) made.receiver = callee.receiver;
  if (callee.property !== undefined) made.property = callee.property;
  f.emit(made);
  if (endsProcess(f, calleeNode)) f.end({ kind: "stop" });
  return dst;
}

// As busy as they come: it fills one object in place of spreading others.
export function emitCall(f: FunctionLowering, given: Omit<CallInstruction, "op" | "dst">): ValueId {
  const dst = f.next();
  const made: Writable<CallInstruction> = {
    op: "call",
    dst,
    style: given.style,
    callee: given.callee,
    arguments: given.arguments,
    use: given.use,
    span: given.span,
    calleeSpan: given.calleeSpan,
    argumentsSpan: given.argumentsSpan,
    managed: given.managed,
  };
  if (given.receiver !== undefined) made.receiver = given.receiver;
  if (given.property !== undefined) made.property = given.property;
  f.emit(made);
  return dst;
}

export function calleeOf(f: FunctionLowering, expression: Node): Callee {
  const node = unwrap(expression);
  if (node.type !== "MemberExpression") return { callee: value(f, node) };
  const [object] = node.children;
  if (!object) return { callee: f.unknown([], node) };
  const property = childOf(node, "PropertyName");
  if (property) {
    const name = f.file.textOf(property);
    const receiver = value(f, object, "chained");
    return { callee: get(f, receiver, name, node, property), receiver, property: name };
  }
  // `sessionmaker[AsyncSession](…)` calls `sessionmaker`.
  const keys = expressionsIn({ ...node, children: node.children.slice(1) });
  if (keys.length > 0 && keys.every((key) => namesType(f, key))) return calleeOf(f, object);
  const receiver = value(f, object, "chained");
  const key = keys.length === 1 ? plainText(f.file.text, keys[0]!) : undefined;
  return { callee: elementOf(f, receiver, node), receiver, ...(key !== undefined && { property: key }) };
}

/** By its capital, as types are written. */
const namesType = (f: FunctionLowering, key: Node): boolean =>
  (key.type === "VariableName" || key.type === "MemberExpression") &&
  /(?:^|\.)(?:[A-Z]\w*[a-z]\w*|str|int|bytes|dict|list|Any)(?:\[.*\])?$/s.test(f.file.textOf(key));

/** `super().__init__(…)` and `Base.__init__(self, …)` run the constructor of the superclass. */
function initOf(f: FunctionLowering, node: Node): Callee | undefined {
  const [object, , property] = node.children;
  if (node.type !== "MemberExpression" || !object || !property || f.file.textOf(property) !== "__init__")
    return undefined;
  const isSuper =
    object.type === "CallExpression" && object.children[0] && f.file.textOf(object.children[0]) === "super";
  if (!isSuper && !f.inMethod) return undefined;
  if (!isSuper && f.scope.find(f.file.textOf(object))?.kind !== "variable") return undefined;
  return { callee: superValue(f, f.file.span(object)) };
}

function superValue(f: FunctionLowering, at: Span): ValueId {
  const dst = f.next();
  f.emit({ op: "super", dst, span: at });
  return dst;
}

export function argumentsOf(f: FunctionLowering, list: Node): readonly Argument[] {
  const all = parts(list.children);
  if (all.length === 0) return none;
  const made: Argument[] = [];
  for (const part of all) {
    const one = argument(f, part);
    if (one !== undefined) made.push(one);
  }
  return made.slice();
}

const none: readonly Argument[] = Object.freeze([]);

function argument(f: FunctionLowering, part: readonly Node[]): Argument | undefined {
  const [first, second, third] = part;
  if (!first) return undefined;
  const at = span(first.start, part[part.length - 1]!.end);
  if (first.type === "*" || first.type === "**") {
    if (!second) return undefined;
    return { value: value(f, second), spread: true, span: at, ...(first.type === "**" && { keyword: "**" }) };
  }
  if (second?.type === "AssignOp") {
    // Half-typed: a keyword without its value says nothing yet.
    if (!third) return undefined;
    return { value: value(f, third), spread: false, span: at, keyword: f.file.textOf(first) };
  }
  if (part.length > 1) return { value: comprehensionOf(f, part, first, at), spread: false, span: at };
  return { value: value(f, first), spread: false, span: f.file.span(first) };
}

/** Calls that are something else: of the language, or of its builtins where nothing hides them. */
function specialCall(f: FunctionLowering, node: Node, callee: Node, list: Node): ValueId | undefined {
  const at = f.file.span(node);
  if (callee.type === "MemberExpression")
    return textCall(f, node, callee, list) ?? onStack(f, node, callee, list) ?? namedCall(f, node, callee, list);
  if (callee.type !== "VariableName") return undefined;
  const name = f.file.textOf(callee);
  if (f.scope.find(name) === undefined) {
    if (!builtins.has(name)) return undefined;
    const given = parts(list.children);
    const [first, second, third] = given.map((part) => (part.length === 1 ? part[0] : undefined));
    switch (name) {
      case "super":
        return superValue(f, at);
      case "dict":
        return object(
          f,
          given.flatMap((part) => keywordEntry(f, part) ?? []),
          node,
        );
      case "getattr":
      case "setattr": {
        const key = second && plainText(f.file.text, second);
        if (!first || !second || key === undefined) return undefined;
        const receiver = value(f, first);
        if (name === "getattr") {
          const found = get(f, receiver, key, node, second);
          if (!third) return found;
          const dst = f.next();
          f.emit({ op: "either", dst, values: [found, value(f, third)], operator: "??", span: at });
          return dst;
        }
        if (!third) return undefined;
        f.emit({ op: "set", object: receiver, property: key, value: value(f, third), span: at });
        return f.literal(null, at);
      }
      case "__import__":
        return first ? importCall(f, first, at) : undefined;
    }
    return undefined;
  }
  return namedCall(f, node, callee, list);
}

const builtins: ReadonlySet<string> = new Set(["super", "dict", "getattr", "setattr", "__import__"]);

/** Calls of the standard library that hand on what they are given, by their import. */
function namedCall(f: FunctionLowering, node: Node, callee: Node, list: Node): ValueId | undefined {
  const name = standardName(f, callee);
  if (name === undefined) return undefined;
  const [first, second] = parts(list.children).map((part) => (part.length === 1 ? part[0] : undefined));
  switch (name) {
    case "typing.cast":
      return first && second ? typed(f, node, value(f, second), typeRef(f, first)) : undefined;
    case "importlib.import_module":
      return first ? importCall(f, first, f.file.span(node)) : undefined;
    case "functools.partial":
      return partialFunction(f, node, list);
    case "textwrap.dedent":
    case "inspect.cleandoc":
      return first ? value(f, first) : undefined;
    default:
      return undefined;
  }
}

/** The names that matter, before anything is looked up. An import under another name of its own is left alone. */
const known: ReadonlySet<string> = new Set([
  "cast",
  "import_module",
  "partial",
  "dedent",
  "cleandoc",
  "suppress",
  "raises",
  "exit",
  "_exit",
  "abort",
  "ExitStack",
  "AsyncExitStack",
]);

/** `functools.partial`, by whichever import. */
export function standardName(f: FunctionLowering, node: Node): string | undefined {
  const last = node.type === "MemberExpression" ? node.children[node.children.length - 1] : node;
  if (!last || !known.has(f.file.textOf(last))) return undefined;
  const name = dotted(f.file.text, node);
  const meaning = name[0] === undefined ? undefined : f.scope.find(name[0]);
  if (meaning?.kind !== "variable" || name.length > 2) return undefined;
  if (f.file.variables[meaning.variable]?.kind !== "import") return undefined;
  const fact = f.file.imports.find(({ variable }) => variable === meaning.variable);
  if (!fact || fact.specifier.startsWith(".")) return undefined;
  const path = fact.imported === "*" ? name.slice(1) : [fact.imported, ...name.slice(1)];
  return [fact.specifier, ...path].join(".");
}

function importCall(f: FunctionLowering, name: Node, at: Span): ValueId | undefined {
  const specifier = plainText(f.file.text, name);
  if (specifier === undefined) return undefined;
  const dst = f.next();
  f.emit({ op: "import", dst, specifier, style: "dynamic", span: at });
  return dst;
}

/** `"…".format(…)`, and what only trims a text. */
function textCall(f: FunctionLowering, node: Node, callee: Node, list: Node): ValueId | undefined {
  const [receiver] = callee.children;
  const text = receiver && unwrap(receiver);
  const property = childOf(callee, "PropertyName");
  if (!text || !property || !isText(text)) return undefined;
  switch (f.file.textOf(property)) {
    case "format": {
      const made = formatParts(f, text, list);
      return made && template(f, made, node);
    }
    case "strip":
    case "lstrip":
    case "rstrip":
    case "encode":
      return value(f, text);
    default:
      return undefined;
  }
}

/** One argument of `dict(…)`. */
function keywordEntry(f: FunctionLowering, part: readonly Node[]): ObjectEntry | undefined {
  const given = argument(f, part);
  if (!given) return undefined;
  const [first] = part;
  const keySpan = given.keyword === undefined ? given.span : f.file.span(first!);
  const valueSpan = f.file.span(part[part.length - 1]!);
  const isNamed = given.keyword !== undefined && !given.spread;
  return {
    ...(isNamed && { key: given.keyword }),
    value: given.value,
    spread: !isNamed,
    span: given.span,
    keySpan,
    valueSpan,
  };
}

/** `sys.exit()` and kin: nothing after it runs that matters to a connection, which ends with the process. */
function endsProcess(f: FunctionLowering, callee: Node): boolean {
  const name = standardName(f, callee);
  if (name !== undefined) return name === "sys.exit" || name === "os._exit" || name === "os.abort";
  const text = f.file.textOf(callee);
  return (text === "exit" || text === "quit") && f.scope.find(text) === undefined;
}
